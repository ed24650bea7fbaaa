import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './program.ts';

/** What the dialect's own library declares: verbs with their attributes, and the languages that can be spoken. */
const declared = readFileSync(join(root, 'node_modules/twilio/lib/twiml/VoiceResponse.d.ts'), 'utf8');

const attributesOf = (verb: string): string[] => {
  const [, body = ''] =
    new RegExp(`export interface ${verb}Attributes \\{(.*?)^ {4}\\}`, 'ms').exec(declared) ?? [];
  return [...body.matchAll(/^ {8}(\w+)\?:/gm)].map(([, name]) => name!);
};

export const verbs: Record<string, { attributes: string[]; children: string[] }> = {
  Response: { attributes: [], children: ['Gather', 'Say', 'Play', 'Redirect', 'Hangup'] },
  Gather: { attributes: attributesOf('Gather'), children: ['Say', 'Play', 'Pause'] },
  Say: { attributes: attributesOf('Say'), children: [] },
  Play: { attributes: attributesOf('Play'), children: [] },
  Redirect: { attributes: attributesOf('Redirect'), children: [] },
  Hangup: { attributes: [], children: [] },
};

export const spokenLanguages: string[] = [
  .../type SayLanguage = ([^;]+);/.exec(declared)![1]!.matchAll(/"([^"]+)"/g),
].map(([, language]) => language!);
