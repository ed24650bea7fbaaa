import type { CommentItem, CommentKind } from '#shared/contract/comments.ts';
import { gradeOfSmiley } from '#shared/core/histogram.ts';
import type { InboxRecord } from '../storage/port/inbox.ts';
import { isMarked, mark, type Settings } from '../storage/port.ts';
import type { References } from '../storage/reference.ts';

/** Themes that say what a comment is, and not what it is about. */
const telling: Partial<Record<string, CommentKind>> = { agressie: 'aggression', compliment: 'compliment' };
/** Grades up to this are taken for something that can be better; the storage finds them by the same rule. */
const improvable = 6;

function kindsOf({ themes, grade, smiley }: InboxRecord): CommentKind[] {
  const kinds = themes.flatMap((theme) => telling[theme] ?? []);
  const given = grade ?? gradeOfSmiley(smiley!);
  return given <= improvable && themes.length > kinds.length ? [...kinds, 'improvement'] : kinds;
}

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Comments as staff see them: with names from the settings, and without what only the storage knows. */
export function itemsOf(settings: Settings, references: References): (record: InboxRecord) => CommentItem {
  const placements = new Map(settings.placements.map((placement) => [placement.id, placement]));
  const channels = new Map(settings.touchpoints.map(({ key, channel }) => [key, channel]));
  const products = new Map(settings.products.map(({ id, key }) => [id, key]));
  const languages = new Map([...settings.languageIds].map(([key, id]) => [id, key]));
  return (record) => {
    const { touchpoint, location } = placements.get(record.placement)!;
    const { changedAt, forwardedAt, ...followUp } = record.followUp;
    return {
      reference: references.of(record.seq),
      givenAt: new Date(record.at).toISOString(),
      receivedAt: new Date(record.receivedAt).toISOString(),
      touchpoint,
      channel: channels.get(touchpoint)!,
      location,
      product: products.get(record.product) ?? null,
      language: languages.get(record.language) ?? null,
      grade: record.grade,
      smiley: record.smiley,
      text: record.text,
      themes: record.themes,
      kinds: kindsOf(record),
      marked: isMarked(record.marks),
      voided: (record.marks & mark.voided) !== 0,
      trial: (record.marks & mark.trial) !== 0,
      followUp: { ...followUp, changedAt: instant(changedAt), forwardedAt: instant(forwardedAt) },
    };
  };
}
