import type { Figures, Summary } from '#shared/contract/figures.ts';
import type { Change } from '#shared/contract/live.ts';
import { gradeOfSmiley } from '#shared/core/histogram.ts';

/** Changes carry whole groups, so the newest wins; one that was overtaken on the way changes nothing. */
export function mergeChange(known: Summary, change: Change): Summary {
  if (change.sequence < known.sequence) return known;
  const changed = new Map(change.groups.map((group) => [group.key, group]));
  const groups = known.groups.map((group) => changed.get(group.key) ?? group);
  const keys = new Set(known.groups.map(({ key }) => key));
  for (const group of change.groups) if (!keys.has(group.key)) groups.push(group);
  return { sequence: change.sequence, total: change.total, groups };
}

export interface Arrived {
  grade: number;
  derived: boolean;
}
/** Every rating is a dot; of more than this at once only a few per grade are drawn: how many there were is said beside it. */
const many = 20;
const fewPerGrade = 3;

function addedSteps(before: Figures | undefined, after: Figures | undefined): number[] {
  const more = (after?.n ?? 0) - (before?.n ?? 0);
  const most = more > many ? fewPerGrade : more;
  if (!after || more <= 0) return [];
  const steps: number[] = [];
  after.histogram.forEach((count, index) => {
    const added = count - (before?.histogram[index] ?? 0);
    for (let i = 0; i < Math.min(added, most); i++) steps.push(index + 1);
  });
  // A corrected grade adds to one bar and takes from another; it is no new rating.
  return steps.slice(0, more);
}

/** Which grades came in between two states, and how many ratings that are. */
export function arrivalsBetween(before: Summary, after: Summary): { count: number; arrived: Arrived[] } {
  const [was, is] = [before.total, after.total];
  const asked = addedSteps(was, is).map((grade) => ({ grade, derived: false }));
  const smileys = addedSteps(was.derived, is.derived).map((smiley) => ({
    grade: gradeOfSmiley(smiley),
    derived: true,
  }));
  const count = Math.max(0, is.n - was.n) + Math.max(0, (is.derived?.n ?? 0) - (was.derived?.n ?? 0));
  return { count, arrived: [...asked, ...smileys] };
}
