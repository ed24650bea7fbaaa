import type { Moment } from '#shared/contract/invitations.ts';
import { fill } from '#shared/messages/fill.ts';
import { letters } from '#shared/messages/invitations.ts';

export interface Letter {
  municipality: string;
  language: 'nl' | 'en';
  moment: Moment;
  product: string | null;
  link: string;
  /** Milliseconds UTC. */
  expiresAt: number;
  reminder: boolean;
  unsubscribe: string;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const grades = Array.from({ length: 10 }, (_, index) => index + 1);
const linkTo = ({ link, language }: Letter, grade: number) =>
  `${link}?grade=${grade}${language === 'nl' ? '' : `&language=${language}`}`;

function wordsOf({ language, moment, product, reminder, expiresAt }: Letter) {
  const texts = letters[language];
  const values = { product: product ?? '' };
  const subject = fill(product ? texts.subjectWithProduct : texts.subject, values);
  const until = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Amsterdam',
  }).format(expiresAt);
  return {
    texts,
    subject: reminder ? fill(texts.reminder, { subject }) : subject,
    occasion: fill(product ? texts[`${moment}WithProduct`] : texts[moment], values),
    once: fill(texts.once, { until }),
  };
}

/** Ten links, one per grade, as plain text and as HTML that needs nothing from elsewhere. */
export function letterOf(letter: Letter): { subject: string; text: string; html: string } {
  const { texts, subject, occasion, once } = wordsOf(letter);
  const { municipality, unsubscribe } = letter;
  const end = (grade: number) =>
    grade === 1 ? ` (${texts.lowest})` : grade === 10 ? ` (${texts.highest})` : '';
  const text = [
    texts.greeting,
    '',
    occasion,
    texts.question,
    '',
    texts.how,
    '',
    ...grades.map((grade) => `${String(grade).padStart(2)}${end(grade)}: ${linkTo(letter, grade)}`),
    '',
    once,
    texts.anonymous,
    '',
    texts.closing,
    municipality,
    '',
    texts.unsubscribe,
    unsubscribe,
  ].join('\n');

  const paragraph = (content: string, style = '') => `<p style="margin:0 0 16px;${style}">${content}</p>`;
  const cell = (grade: number) =>
    `<td style="padding:2px"><a href="${escaped(linkTo(letter, grade))}" title="${fill(texts.grade, { grade })}" style="display:block;width:44px;line-height:44px;border:2px solid #1d4f91;border-radius:4px;color:#1d4f91;font-weight:bold;text-align:center;text-decoration:none">${grade}</a></td>`;
  const row = (part: number[]) => `<tr>${part.map(cell).join('')}</tr>`;
  const html = `<!doctype html>
<html lang="${letter.language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#1a1a1a;font:16px/1.5 Arial,sans-serif">
<div style="max-width:560px;margin:0 auto">
${paragraph(escaped(texts.greeting))}
${paragraph(escaped(occasion))}
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${escaped(texts.question)}</h1>
<table role="presentation" cellpadding="0" cellspacing="0" style="border-collapse:separate">
${row(grades.slice(0, 5))}
${row(grades.slice(5))}
</table>
${paragraph(`1: ${texts.lowest} &nbsp; 10: ${texts.highest}`, 'margin-top:8px;color:#4a4a4a;font-size:14px')}
${paragraph(escaped(texts.how))}
${paragraph(`${escaped(once)} ${escaped(texts.anonymous)}`)}
${paragraph(`${escaped(texts.closing)}<br>${escaped(municipality)}`)}
${paragraph(`${escaped(texts.unsubscribe)} <a href="${escaped(unsubscribe)}" style="color:#1d4f91">${escaped(unsubscribe)}</a>`, 'color:#4a4a4a;font-size:14px;word-break:break-all')}
</div></body></html>`;
  return { subject, text, html };
}

export function smsOf({ language, municipality, product, link, unsubscribe }: Letter): string {
  const texts = letters[language];
  return fill(product ? texts.smsWithProduct : texts.sms, {
    municipality,
    product: product ?? '',
    link,
    unsubscribe,
  });
}
