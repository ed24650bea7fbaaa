import * as z from 'zod';
import { type FieldError, fieldErrors, ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { type RatingAccepted, RatingBatch, RatingId } from '#shared/contract/rating.ts';
import {
  type Addition,
  type Entry,
  mark,
  type NewRating,
  type Outcome,
  type Settings,
  type Store,
} from '../storage/port.ts';
import { Bursts } from './burst.ts';
import { checkAddition, checkRating } from './check-rating.ts';

/** Who sends. */
export interface Sender {
  /** The one that the token of a telephone line speaks for. */
  touchpoint?: string | undefined;
  /** A tablet with its own token, and every touchpoint where it stands or stood. */
  device?: { id: number; touchpoints: readonly string[] } | undefined;
  /** Something that people do not do was seen: the rating counts, with a mark. */
  suspect?: boolean | undefined;
  /** How long its ratings can be added to, in milliseconds, where that is not the usual time. */
  window?: number;
  /** For a batch from a website: to which touchpoints it may send. */
  mayReach?: (touchpoint: string) => boolean;
  /** Only tries something: the rating never counts. */
  trial?: boolean;
}

/** What a rating costs of the limit per address when its form vouches for it: without, limits are stricter. */
export const vouched = 0.25;

export interface BatchResult {
  id: unknown;
  status: 'accepted' | 'duplicate' | 'rejected';
  errors?: FieldError[];
}

export interface Ingest {
  /** Whether a rating would be refused whatever it is, because too many wait: nothing need be done to know it. */
  isFull(): boolean;
  one(raw: unknown, sender: Sender): Promise<RatingAccepted>;
  add(id: string, raw: unknown, sender: Sender): Promise<RatingAccepted>;
  batch(raw: unknown, sender: Sender): Promise<{ results: BatchResult[] }>;
}

const invalid = (errors: FieldError[]) =>
  new ProblemError(
    'invalid-input',
    errors.length === 1 ? errors[0]!.detail : `${errors.length} fields are not right.`,
    { errors },
  );

const scaleError: FieldError = {
  pointer: '/grade',
  code: 'scale',
  detail: 'This rating was given on the other scale.',
};
const rejections: Record<'conflict' | 'unknown' | 'closed' | 'other-scale', FieldError> = {
  conflict: { pointer: '/id', code: 'unknown-value', detail: 'This id was used before with other content.' },
  unknown: { pointer: '/id', code: 'unknown-value', detail: 'There is no rating with this id.' },
  closed: { pointer: '/id', code: 'too-old', detail: 'This rating can no longer be changed.' },
  'other-scale': scaleError,
};

/** The one way in: parse, redact, stamp, keep; answered after the commit. */
export function ingest({ store, now }: { store: Store; now: () => number }): Ingest {
  const bursts = new Bursts();
  /** Where anybody may add, as long as the settings are these; undefined: everywhere. */
  const openIn = new WeakMap<Settings, { keys: string[] | undefined }>();
  const openTouchpoints = (): string[] | undefined => {
    const settings = store.settings();
    let open = openIn.get(settings);
    if (!open) {
      const { touchpoints } = settings;
      const keys = touchpoints.flatMap(({ key, guarded }) => (guarded ? [] : [key]));
      open = { keys: keys.length < touchpoints.length ? keys : undefined };
      openIn.set(settings, open);
    }
    return open.keys;
  };

  /**
   * Where somebody may add; undefined: everywhere. A line only to its own touchpoint. A tablet to its own and to those
   * that are open: it may have stood at one before it was paired, and what it kept there has to arrive.
   */
  const reachOf = ({ touchpoint, device }: Sender): readonly string[] | undefined => {
    if (touchpoint !== undefined && !device) return [touchpoint];
    const open = openTouchpoints();
    return device && open ? [...open, ...device.touchpoints] : open;
  };

  const mayUse = (touchpoint: string, sender: Sender): boolean =>
    reachOf(sender)?.includes(touchpoint) ?? true;

  /** Changes ratings within reach, and from a website only of touchpoints that list it. */
  const within = (addition: Addition, sender: Sender): Addition => {
    const { mayReach } = sender;
    const mine = reachOf(sender);
    const reach = mayReach
      ? (mine ?? store.settings().touchpoints.map(({ key }) => key)).filter(mayReach)
      : mine;
    if (reach) addition.reach = reach;
    return addition;
  };

  const marked = (rating: NewRating, { device, suspect, trial }: Sender): NewRating => {
    if (trial) rating.marks |= mark.trial;
    if (suspect || (device && bursts.isBurst(device.id, rating.id, rating.at))) rating.marks |= mark.burst;
    return rating;
  };

  const refusalOf = (touchpoint: string, sender: Sender): string | null => {
    if (!mayUse(touchpoint, sender)) return 'This touchpoint takes ratings with its own token only.';
    return (sender.mayReach?.(touchpoint) ?? true) ? null : 'This touchpoint does not list this website.';
  };

  const answer = (id: string, outcome: Outcome): RatingAccepted => {
    switch (outcome.status) {
      case 'conflict':
        throw new ProblemError('conflict', 'A rating with this id was received before with other content.');
      case 'unknown':
        throw new ProblemError('not-found', 'There is no rating with this id.');
      case 'closed':
        throw new ProblemError('too-late', 'A rating can be changed for 30 minutes.');
      case 'other-scale':
        throw invalid([scaleError]);
      case 'other-questions':
        throw invalid(outcome.errors);
      default: {
        const accepted: RatingAccepted = {
          id,
          receivedAt: new Date(outcome.receivedAt).toISOString(),
          status: outcome.status,
        };
        if (outcome.comment !== null) accepted.comment = outcome.comment;
        return accepted;
      }
    }
  };

  return {
    isFull: () => store.isFull(),

    async one(raw, sender) {
      const checked = checkRating(raw, store.settings(), now(), null);
      if (!checked.ok) throw invalid(checked.errors);
      if (!mayUse(checked.value.touchpoint, sender))
        throw new ProblemError('not-signed-in', 'This touchpoint takes ratings with its own token only.');
      const [outcome] = await store.append([marked(checked.value, sender)]);
      return answer(checked.value.id, outcome!);
    },

    async add(rawId, raw, sender) {
      const id = RatingId.safeParse(rawId);
      if (!id.success) throw new ProblemError('not-found', 'There is no rating with this id.');
      const checked = checkAddition(
        id.data,
        raw,
        store.settings(),
        now(),
        sender.window ?? limits.additionWindow,
      );
      if (!checked.ok) throw invalid(checked.errors);
      const [outcome] = await store.append([within(checked.value, sender)]);
      const accepted = answer(id.data, outcome!);
      return { ...accepted, status: 'accepted' };
    },

    async batch(raw, sender) {
      const parsed = RatingBatch.safeParse(raw);
      if (!parsed.success) throw invalid(fieldErrors(parsed.error, raw));
      const receivedAt = now();
      const offset = receivedAt - Date.parse(parsed.data.sentAt);
      const settings = store.settings();
      const entries: Entry[] = [];
      const places: number[] = [];
      const results = parsed.data.ratings.map((item, place): BatchResult => {
        const checked = checkItem(item);
        const id = (item as { id?: unknown } | null)?.id ?? null;
        if (!checked.ok) return { id, status: 'rejected', errors: checked.errors };
        const refusal = checked.value.kind === 'rating' && refusalOf(checked.value.touchpoint, sender);
        if (refusal)
          return {
            id,
            status: 'rejected',
            errors: [{ pointer: '/touchpoint', code: 'unknown-value', detail: refusal }],
          };
        entries.push(
          checked.value.kind === 'addition' ? within(checked.value, sender) : marked(checked.value, sender),
        );
        places.push(place);
        return { id, status: 'accepted' };
      });
      const outcomes = entries.length > 0 ? await store.append(entries) : [];
      for (const [i, outcome] of outcomes.entries()) {
        const result = results[places[i]!]!;
        if (outcome.status === 'accepted' || outcome.status === 'duplicate') result.status = outcome.status;
        else {
          result.status = 'rejected';
          result.errors =
            outcome.status === 'other-questions' ? outcome.errors : [rejections[outcome.status]];
        }
      }
      return { results };

      function checkItem(item: unknown) {
        const head = AdditionHead.safeParse(item);
        if (!head.success) return checkRating(item, settings, receivedAt, offset);
        const { id, addition: _, ...fields } = head.data;
        // Only what has a token may have waited: without one, anybody who saw an id could change it for ever.
        const hasToken = sender.device !== undefined || sender.touchpoint !== undefined;
        const window = hasToken ? null : limits.additionWindow;
        return checkAddition(id, fields, settings, receivedAt, window);
      }
    },
  };
}

const AdditionHead = z.looseObject({ id: RatingId, addition: z.literal(true) });
