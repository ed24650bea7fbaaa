import { describe, expect, it } from 'vitest';
import { fill } from '#shared/messages/fill.ts';
import { type Catalogue, catalogueOf, catalogues, isLanguage, languages } from '#shared/messages/index.ts';

const parts = ['rating', 'kiosk', 'page'] as const;
const texts = (catalogue: Catalogue) =>
  parts.flatMap((part) =>
    Object.entries(catalogue[part]).map(([key, text]) => ({ key: `${part}.${key}`, text })),
  );
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const dutch = texts(catalogues.nl);

describe.each(languages.filter((language) => language !== 'nl'))('the catalogue in %s', (language) => {
  const own = new Map(texts(catalogues[language]).map(({ key, text }) => [key, text]));

  it('has every text that the Dutch one has, and no other', () => {
    expect([...own.keys()].sort()).toEqual(dutch.map(({ key }) => key).sort());
  });

  it('has no empty text', () => {
    expect([...own].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('fills in the same values as the Dutch one', () => {
    for (const { key, text } of dutch) {
      expect({ key, holds: placeholders(own.get(key) ?? '') }).toEqual({ key, holds: placeholders(text) });
    }
  });

  it('is a translation: the question and the name are not the Dutch ones', () => {
    expect(own.get('rating.question')).not.toBe(catalogues.nl.rating.question);
    expect(own.get('rating.name')).not.toBe(catalogues.nl.rating.name);
  });
});

describe('the catalogues', () => {
  it('have only Arabic from right to left', () => {
    expect(languages.filter((language) => catalogues[language].rating.dir === 'rtl')).toEqual(['ar']);
    expect(languages.every((language) => ['ltr', 'rtl'].includes(catalogues[language].rating.dir))).toBe(
      true,
    );
  });

  it('speak to people with "u" in Dutch', () => {
    expect(dutch.filter(({ text }) => /\b(je|jij|jouw|jullie)\b/i.test(text))).toEqual([]);
  });

  it('name 112 wherever people may go on from the thanks', () => {
    for (const language of languages) expect(catalogues[language].rating.emergency).toContain('112');
  });

  it('answer in Dutch for a language that nobody offers', () => {
    expect(isLanguage('xx')).toBe(false);
    expect(catalogueOf('xx')).toBe(catalogues.nl);
    expect(catalogueOf('constructor')).toBe(catalogues.nl);
  });
});

describe('fill', () => {
  it('puts a value in its place and leaves an unknown name alone', () => {
    expect(fill('{grade} van {all}', { grade: 7 })).toBe('7 van {all}');
  });
});
