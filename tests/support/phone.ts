import { XMLParser, XMLValidator } from 'fast-xml-parser';
import twilio from 'twilio';
import { expect } from 'vitest';
import { spokenLanguages, verbs } from './twiml-schema.ts';

/** One element of a document: its name, its attributes, its text or its children. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Element[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
});
type Node = Record<string, unknown> & { ':@'?: Record<string, string> };

function elementsOf(nodes: Node[]): Element[] {
  return nodes.flatMap((node): Element[] => {
    const name = Object.keys(node).find((key) => key !== ':@')!;
    if (name.startsWith('?') || name === '#text') return [];
    const inside = node[name] as Node[];
    const text = inside.map((one) => String(one['#text'] ?? '')).join('');
    return [{ name, attributes: node[':@'] ?? {}, text, children: elementsOf(inside) }];
  });
}

/** Reads a document that has to be valid XML and hold only what the published schema knows. */
export function readDocument(xml: string): Element {
  expect(XMLValidator.validate(xml), xml).toBe(true);
  const [response, ...more] = elementsOf(parser.parse(xml));
  expect([response?.name, more.length]).toEqual(['Response', 0]);
  const check = ({ name, attributes, children }: Element, parent: string) => {
    expect(verbs[parent]?.children ?? [], `${name} in ${parent}`).toContain(name);
    for (const attribute of Object.keys(attributes))
      expect(verbs[name]?.attributes ?? [], `${attribute} of ${name}`).toContain(attribute);
    if (name === 'Say') expect(spokenLanguages).toContain(attributes.language);
    for (const child of children) check(child, name);
  };
  for (const child of response!.children) check(child, 'Response');
  return response!;
}

export interface Heard {
  status: number;
  type: string | null;
  xml: string;
  /** All that is said, and the addresses of what is played. */
  said: string;
  languages: string[];
  /** The address of the next step; null when the line hung up. */
  action: string | null;
  gather: Record<string, string> | null;
}

/** What a platform is told, in its own order of parameters; a number of a caller is always in it. */
export const parametersOf = (callId: string, more: Record<string, string> = {}): Record<string, string> => ({
  ...{ CallSid: callId, AccountSid: 'AC0', From: '+31612345678', To: '+3114079', CallStatus: 'in-progress' },
  ...more,
});

/** Sends a webhook as a platform does; the signature is made by the library of Twilio itself. */
export async function sendWebhook(
  address: string,
  parameters: Record<string, string>,
  {
    secret,
    signed = address,
    headers = {},
  }: { secret: string; signed?: string; headers?: Record<string, string> },
): Promise<Heard> {
  const reply = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilioSignature(secret, signed, parameters),
      ...headers,
    },
    body: new URLSearchParams(parameters).toString(),
  });
  return heardIn(reply);
}

export const twilioSignature = (
  secret: string,
  address: string,
  parameters: Record<string, string>,
): string => twilio.getExpectedTwilioSignature(secret, address, parameters);

export async function heardIn(reply: Response): Promise<Heard> {
  const xml = await reply.text();
  const head = { status: reply.status, type: reply.headers.get('content-type'), xml };
  if (reply.status !== 200) return { ...head, said: '', languages: [], action: null, gather: null };
  const { children } = readDocument(xml);
  const gather = children.find(({ name }) => name === 'Gather');
  const spoken = (gather?.children ?? children).filter(({ name }) => name === 'Say' || name === 'Play');
  return {
    ...head,
    said: spoken.map(({ text }) => text).join(' '),
    languages: spoken.flatMap(({ attributes }) => attributes.language ?? []),
    action: gather?.attributes.action ?? null,
    gather: gather?.attributes ?? null,
  };
}
