import { fill } from '#shared/messages/fill.ts';
import { type PhoneLanguage, type PhoneTexts, phoneTexts } from '#shared/messages/phone/index.ts';
import type { LineRecord } from '../../storage/port/phone.ts';
import { type End, gradeOf, type PhoneQuestion, type Turn } from './decide.ts';
import { asking, hangingUp, type Spoken } from './twiml.ts';

/** How long a caller may think, in seconds after the last word or key. */
const patience = 3;

export interface Speaking {
  line: Pick<LineRecord, 'voices' | 'recordings'>;
  languages: PhoneLanguage[];
  municipality: string;
  grade: number | null;
  questions: PhoneQuestion[];
  /** The address of the next step. */
  action: string;
}

type Name = keyof PhoneTexts;

/** The voice of a line in one language: a recording where there is one, else spoken. */
async function voiceOf(line: Speaking['line'], language: PhoneLanguage) {
  const texts = await phoneTexts(language);
  const recordings = line.recordings[language] ?? {};
  const spoken = (say: string): Spoken => ({ say, tag: texts.tag, voice: line.voices[language] });
  return {
    texts,
    spoken,
    /** A text of ours, or the recordings of all names when there are all. */
    prompt(name: Name, values: Record<string, string | number> = {}, ...more: string[]): Spoken[] {
      const played = [name, ...more].map((one) => recordings[one]);
      if (played.every((address) => address !== undefined)) return played.map((play) => ({ play }));
      return [spoken(fill(texts[name], values))];
    },
    recording: (name: string): Spoken[] | null => (recordings[name] ? [{ play: recordings[name] }] : null),
  };
}

/** What the caller hears after a step, as a whole document. */
export async function wordsOf(turn: Turn, speaking: Speaking): Promise<string> {
  const { line, municipality, languages, action } = speaking;
  const { next, language, remark } = turn;
  const voice = await voiceOf(line, language);
  if (typeof next === 'string') return hangingUp(voice.prompt(next satisfies End));

  const before = remark ? voice.prompt(remark, { municipality }) : [];
  const ask = (prompts: Spoken[], digits: 1 | 2 = 1) =>
    asking({ action, digits, timeout: patience, prompts: [...before, ...prompts] });
  switch (next.step) {
    case 'language': {
      const menu = languages.map(async (one, index) =>
        (await voiceOf(line, one)).prompt('menu', { key: index + 1 }),
      );
      return ask((await Promise.all(menu)).flat());
    }
    case 'grade':
      return ask(voice.prompt('question'), 2);
    case 'confirm': {
      const name = `grade${gradeOf(String(speaking.grade))}` as Name;
      return ask([...voice.prompt('given', { grade: voice.texts[name] }, name), ...voice.prompt('change')]);
    }
    case 'question': {
      const question = speaking.questions[next.round - 1]!;
      const recorded = voice.recording(`followUp${next.round}`);
      return ask(recorded ?? [voice.spoken(question.text), ...optionsOf(question, voice)]);
    }
  }
}

function optionsOf({ options }: PhoneQuestion, voice: Awaited<ReturnType<typeof voiceOf>>): Spoken[] {
  if (options.every(({ value }) => typeof value === 'boolean')) return voice.prompt('yesNo');
  return options.map(({ label }, index) => voice.spoken(fill(voice.texts.option, { label, key: index + 1 })));
}

export async function failureWords(language: PhoneLanguage): Promise<string> {
  const { failure, tag } = await phoneTexts(language);
  return hangingUp([{ say: failure, tag }]);
}
