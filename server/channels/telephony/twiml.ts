/** One thing that a caller hears: spoken by the platform, or a recording. */
export type Spoken = { say: string; tag: string; voice?: string | undefined } | { play: string };

/** What the line waits for. */
export interface Gather {
  action: string;
  digits: 1 | 2;
  /** Seconds after the last key, or after the last word. */
  timeout: number;
  prompts: Spoken[];
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!);

function element(name: string, attributes: Record<string, string | undefined>, content = ''): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${escaped(value)}"`,
  );
  return content ? `<${name}${written.join('')}>${content}</${name}>` : `<${name}${written.join('')}/>`;
}

const speak = (one: Spoken): string =>
  'play' in one
    ? element('Play', {}, escaped(one.play))
    : element('Say', { language: one.tag, voice: one.voice }, escaped(one.say));

const document = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${content ? `<Response>${content}</Response>` : '<Response/>'}\n`;

/**
 * Asks, and waits for keys. "10" is two keys, so a key does not end the wait: # or a pause does. Nothing pressed comes
 * to the same address as an answer, on platforms without `actionOnEmptyResult` by the redirect behind it.
 */
export const asking = ({ action, digits, timeout, prompts }: Gather): string =>
  document(
    element(
      'Gather',
      {
        action,
        method: 'POST',
        numDigits: String(digits),
        finishOnKey: '#',
        timeout: String(timeout),
        actionOnEmptyResult: 'true',
      },
      prompts.map(speak).join(''),
    ) + element('Redirect', { method: 'POST' }, escaped(action)),
  );

export const hangingUp = (prompts: Spoken[]): string => document(`${prompts.map(speak).join('')}<Hangup/>`);

/** For a message that asks nothing. */
export const nothing: string = document('');
