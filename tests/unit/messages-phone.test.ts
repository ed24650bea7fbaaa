import { describe, expect, it } from 'vitest';
import { languages } from '#shared/messages/index.ts';
import { type PhoneTexts, phoneLanguages, phoneTexts, recordable } from '#shared/messages/phone/index.ts';
import { spokenLanguages } from '../support/twiml-schema.ts';

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const dutch = await phoneTexts('nl');
const names = Object.keys(dutch) as (keyof PhoneTexts)[];

describe.each(phoneLanguages)('TP12: what a caller hears in %s', (language) => {
  it('is complete, not empty, and fills in what the Dutch texts fill in', async () => {
    const texts = await phoneTexts(language);
    expect(Object.keys(texts).sort()).toEqual([...names].sort());
    for (const name of names) {
      expect(texts[name].trim(), name).not.toBe('');
      expect({ name, holds: placeholders(texts[name]) }).toEqual({ name, holds: placeholders(dutch[name]) });
    }
    const spoken = names.filter((name) => !name.startsWith('grade'));
    if (language !== 'nl') for (const name of spoken) expect(texts[name], name).not.toBe(dutch[name]);
  });

  it('is in a language that platforms speak, names both ends of the scale, and has ten grades of its own', async () => {
    const texts = await phoneTexts(language);
    expect(spokenLanguages).toContain(texts.tag);
    expect(texts.tag.startsWith(language)).toBe(true);
    expect(texts.question).toMatch(/\b1\b.*\b10\b/);
    const grades = Array.from({ length: 10 }, (_, index) => texts[`grade${index + 1}` as keyof PhoneTexts]);
    expect(new Set(grades).size).toBe(10);
  });
});

describe('TP12: the words of the telephone', () => {
  it('are there for every language that residents are offered, and can all be recorded', () => {
    expect([...phoneLanguages].sort()).toEqual([...languages].sort());
    const spoken = names.filter((name) => !['tag', 'yesNo', 'option'].includes(name));
    expect([...recordable].filter((name) => !name.startsWith('followUp')).sort()).toEqual(spoken.sort());
  });

  it('speak to people with "u" in Dutch', () => {
    expect(names.filter((name) => /\b(je|jij|jouw|jullie)\b/i.test(dutch[name]))).toEqual([]);
  });
});
