import type { IncomingHttpHeaders } from 'node:http';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import type { RatingAccepted } from '#shared/contract/rating.ts';
import { isPhoneLanguage, type PhoneLanguage } from '#shared/messages/phone/index.ts';
import type { CallKey, CallState, LineRecord, PhoneStore } from '../../storage/port/phone.ts';
import type { Settings } from '../../storage/port.ts';
import { idOfCall } from './call-id.ts';
import { begin, decide, type PhoneQuestion, type Turn } from './decide.ts';
import { nameOf, queryOf, readAddress } from './place.ts';
import { isSignedBy, isSignedByTelnyx } from './signature.ts';
import { nothing } from './twiml.ts';
import { failureWords, wordsOf } from './words.ts';

export interface Sender {
  touchpoint?: string;
  trial?: boolean;
}
export interface CallsOptions {
  store: PhoneStore;
  settings: () => Settings;
  formOf: (touchpoint: string, language: string) => Form | null;
  ingest: {
    one(raw: unknown, sender: Sender): Promise<RatingAccepted>;
    add(id: string, raw: unknown, sender: Sender): Promise<RatingAccepted>;
  };
  /** The secret key, from which the ids of calls come. */
  secret: string;
  unseal: (sealed: Buffer) => unknown;
  /** What platforms sign with on lines without a secret of their own. */
  defaultSecret: string | null;
  /** What calls are signed with that only try a line. */
  trialSecret: string;
  /** The addresses under which the world may know this server; the first one is told. */
  origins: () => string[];
  now: () => number;
  log: (error: unknown) => void;
}

/** A webhook as it came in; `url` is the path with its query. */
export interface Webhook {
  touchpoint: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}
export interface Calls {
  /** The next document of a call. Refuses what the line's platform did not sign; any other failure is said. */
  answer(webhook: Webhook): Promise<string>;
  /** A call that is over. */
  status(webhook: Webhook): Promise<string>;
}

const over = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];
/** After a grade at most so many questions. */
const mostQuestions = 2;

const usual = (touchpoint: string): LineRecord => ({
  ...{ touchpoint, platform: 'twilio', sealedSecret: null },
  ...{ languages: [], voices: {}, recordings: {} },
});
export const lineOf = async (store: PhoneStore, touchpoint: string): Promise<LineRecord> =>
  (await store.lines()).find((line) => line.touchpoint === touchpoint) ?? usual(touchpoint);

export function languagesOf(line: LineRecord, settings: Settings): PhoneLanguage[] {
  const offered = settings.languages.filter(isPhoneLanguage);
  const chosen = line.languages.filter((language) => (offered as string[]).includes(language));
  return chosen.length > 0 ? (chosen as PhoneLanguage[]) : offered.length > 0 ? offered : ['nl'];
}

export function questionsOf(form: Form | null, grade: number): PhoneQuestion[] {
  return (form?.questions ?? [])
    .filter(({ from, to }) => from <= grade && grade <= to)
    .flatMap(({ key, type, text, options }): PhoneQuestion[] => {
      if (type === 'yes-no')
        return [{ key, text, options: [true, false].map((value) => ({ value, label: '' })) }];
      if (type !== 'choice' || options.length > 9) return [];
      return [{ key, text, options: options.map((option) => ({ value: option.key, label: option.text })) }];
    })
    .slice(0, mostQuestions);
}

/** The grade that was given last, before the step of this name if there is one. */
function gradeIn(turns: CallState['turns'], before?: string): number | null {
  let grade: number | null = null;
  for (const [name, turn] of Object.entries(turns)) {
    if (name === before) break;
    grade = (turn as Turn).grade ?? grade;
  }
  return grade;
}

export function calls(options: CallsOptions): Calls {
  const { store, settings, formOf, ingest, secret, origins, now, log } = options;
  const waiting = new Map<string, Promise<unknown>>();

  /** Steps of one call in the order in which they came: a repeated message waits for the first one's end. */
  function inTurn<Result>(call: string, work: () => Promise<Result>): Promise<Result> {
    const mine = (waiting.get(call) ?? Promise.resolve()).then(work, work);
    const settled = mine
      .catch(() => null)
      .finally(() => {
        if (waiting.get(call) === settled) waiting.delete(call);
      });
    waiting.set(call, settled);
    return mine;
  }

  async function check({ touchpoint, url, headers, body }: Webhook): Promise<LineRecord> {
    const line = await lineOf(store, touchpoint);
    const { sealedSecret, platform } = line;
    const own = sealedSecret === null ? null : options.unseal(sealedSecret);
    const messages = origins().map((origin) => ({ address: origin + url, headers, body }));
    const hashed = (key: string) => messages.some((message) => isSignedBy(key, message));
    const trial = new URLSearchParams(url.split('?')[1]).get('trial') === '1';
    const signed =
      platform === 'telnyx'
        ? typeof own === 'string' && isSignedByTelnyx(own, messages[0]!, now())
        : [typeof own === 'string' ? own : options.defaultSecret].some((key) => key !== null && hashed(key));
    if (signed || (trial && hashed(options.trialSecret))) return line;
    throw new ProblemError('not-allowed', 'This was not signed with the secret of this line.');
  }

  /** Gives the ratings what the call came to, as far as they do not have it yet. */
  async function rate(key: CallKey, { turns, rating }: CallState, language: string): Promise<void> {
    const grade = gradeIn(turns);
    if (grade === null) return;
    const given = Object.values(turns).flatMap((turn) => (turn as Turn).answer ?? []);
    const wanted = { grade, answers: Object.fromEntries(given.map(({ key, value }) => [key, value])) };
    if (JSON.stringify(wanted) === JSON.stringify(rating)) return;
    const sender = { touchpoint: key.touchpoint, trial: !key.counts };
    let had = rating as typeof wanted | null;
    if (had === null) {
      const form = formOf(key.touchpoint, language);
      const fields = { id: key.call, touchpoint: key.touchpoint, language, grade };
      try {
        await ingest.one(form ? { ...fields, form: form.version } : fields, sender);
        had = { grade, answers: {} };
      } catch (error) {
        // It was given before, and the process ended before that was noted.
        if (!(error instanceof ProblemError) || error.code !== 'conflict') throw error;
      }
    }
    const addition = {
      ...(had?.grade === grade ? {} : { grade }),
      ...(given.length > 0 ? { answers: wanted.answers } : {}),
    };
    if (Object.keys(addition).length > 0)
      await ingest.add(key.call, addition, sender).catch((error) => {
        // The questions changed during the call: the grade stays, the answer to a question that is gone does not.
        if (!(error instanceof ProblemError) || error.code !== 'invalid-input') throw error;
        log(error);
      });
    await store.keepRating(key, wanted);
  }

  async function step(
    line: LineRecord,
    { touchpoint, url }: Webhook,
    form: URLSearchParams,
  ): Promise<string> {
    const address = readAddress(url.split('?')[1] ?? '');
    const callId = form.get('CallSid');
    const point = settings().touchpoints.find(({ key }) => key === touchpoint);
    if (!callId || !point) throw new Error(callId ? 'There is no such line.' : 'The message names no call.');
    const call = idOfCall(secret, touchpoint, callId);
    return inTurn(call, async () => {
      const key: CallKey = { call, touchpoint, counts: !address.trial, at: now() };
      const name = nameOf(address.place);
      const languages = languagesOf(line, settings());
      const questions = (language: string) => (grade: number) =>
        questionsOf(formOf(touchpoint, language), grade);

      let state = (await store.callOf(call)) ?? { turns: {}, rating: null };
      if (!(name in state.turns)) {
        const { place, language } = address;
        const known = { languages, grade: gradeIn(state.turns), questions: questions(language ?? 'nl') };
        const decided = place ? decide(place, form.get('Digits') || null, known) : begin(language, languages);
        state = await store.keepTurn(key, name, decided, typeof decided.next === 'string');
      }
      const turn = state.turns[name] as Turn;
      await rate(key, state, turn.language);
      if (over.includes(form.get('CallStatus') ?? '')) await store.endCall(call, now());
      const grade = turn.grade ?? gradeIn(state.turns, name);
      const path = `${origins()[0]}/api/v1/telephony/twiml/${encodeURIComponent(touchpoint)}`;
      return wordsOf(turn, {
        ...{ line, languages, municipality: settings().municipality, grade },
        questions: grade === null ? [] : questions(turn.language)(grade),
        action: typeof turn.next === 'string' ? '' : `${path}?${queryOf(turn.next, address.trial)}`,
      });
    });
  }

  return {
    async answer(webhook) {
      const line = await check(webhook);
      try {
        return await step(line, webhook, new URLSearchParams(webhook.body.toString('utf8')));
      } catch (error) {
        log(error);
        const language = new URLSearchParams(webhook.url.split('?')[1]).get('lang');
        return failureWords(isPhoneLanguage(language) ? language : 'nl');
      }
    },

    async status(webhook) {
      await check(webhook);
      const form = new URLSearchParams(webhook.body.toString('utf8'));
      const callId = form.get('CallSid');
      if (callId && over.includes(form.get('CallStatus') ?? ''))
        await store.endCall(idOfCall(secret, webhook.touchpoint, callId), now()).catch(log);
      return nothing;
    },
  };
}
