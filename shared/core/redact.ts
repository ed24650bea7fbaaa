/**
 * Removes personal data from text before it is stored: a label takes its place. Runs on the server's door and on the
 * tablet. Every pattern has bounded repetition, so time is linear in the length of the text.
 *
 * Names cannot be promised; what is found is: e-mail addresses, IBANs, telephone numbers and every run of seven or
 * more digits, also when written with spaces, dots, dashes, colons or a line end. The 11-test only chooses the label of a BSN.
 */
const worthALook = /[@0-9０-９\u0660-\u0669\u06f0-\u06f9]/;
const invisible = /[\u00ad\u200b\u2060\ufeff]/g;
/** Full-width and Arabic digits; in each of these rows the last four bits are the digit. */
const otherDigit = /[０-９\u0660-\u0669\u06f0-\u06f9]/g;

const email = /[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;
const iban = /\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,4})?\b/g;
/** What people write between digits: any space or dash, a line end, and a few signs. No comma: that makes a list. */
const separators = '\\s./\\\\()_·•\\p{Pd}\\u2212';
/** Marks of direction and the like, which nobody sees. */
const unseen = new RegExp(`([\\d:${separators}])\\p{Cf}+(?=[\\d:${separators}])`, 'gu');
/**
 * A digit and at least six more, each at most four separators on; an optional plus or bracket before it. A colon has to
 * stand between two digits: with a space behind it, it introduces a figure.
 */
const digits = new RegExp(`(?:\\+|\\(\\+?)?\\d(?:(?:[${separators}]{0,4}|:)\\d){6,40}`, 'gu');

const year = '(?:19|20)\\d\\d';
const time = '(?:[01]?\\d|2[0-4])[:.][0-5]\\d';
const clock = '(?:[01]?\\d|2[0-4]):[0-5]\\d';
const dash = '\\s?[-\\u2010-\\u2015\\u2212]\\s?';
/** From one year to another, from one time of the day to another, a few times, or a day and its time. */
const moments = new RegExp(
  `^(?:${year}(?:${dash}|\\s?[/\\n]\\s?)${year}|${time}${dash}${time}|` +
    `(?:\\d\\d?[-/]\\d\\d? )?${clock}(?:(?:${dash}|\\s{1,2}|/)${clock}){0,3})$`,
);

/** ISO 13616: rearranged, letters as numbers, the remainder by 97 is 1. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '').toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  let remainder = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** The 11-test of the burgerservicenummer. */
function isBsn(number: string): boolean {
  if (number.length !== 8 && number.length !== 9) return false;
  const padded = number.padStart(9, '0');
  let sum = -Number(padded[8]);
  for (let i = 0; i < 8; i++) sum += (9 - i) * Number(padded[i]);
  return sum % 11 === 0;
}

function labelOfNumber(found: string): string {
  const number = found.replace(/\D/g, '');
  const international = found.includes('+') || number.startsWith('00');
  if (international || (number.startsWith('0') && number.length === 10)) return '[telefoonnummer]';
  return isBsn(number) ? '[BSN]' : '[nummer]';
}

/** The longest beginning of a candidate that is an IBAN: a word behind it may look like its last group. */
function redactIban(found: string): string {
  for (let end = found.length; end >= 15; end--) {
    const rest = found.slice(end);
    if (isIban(found.slice(0, end)) && /^(?:$|\s)/.test(rest)) return `[IBAN]${rest}`;
  }
  return found;
}

export function redact(text: string): string {
  if (!worthALook.test(text)) return text;
  return text
    .replace(invisible, '')
    .replace(otherDigit, (digit) => String.fromCharCode(48 + (digit.charCodeAt(0) & 15)))
    .replace(unseen, '$1')
    .replace(email, '[e-mailadres]')
    .replace(iban, redactIban)
    .replace(digits, (found) => (moments.test(found) ? found : labelOfNumber(found)));
}
