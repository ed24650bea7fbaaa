import type { CommentItem } from '#shared/contract/comments.ts';
import type { Settings } from '../storage/port.ts';

/** False when no mail is set up. */
export type QueueMail = (mail: {
  to: string;
  subject: string;
  text: string;
  kind: 'aggression';
}) => Promise<boolean>;

const timeOf = (at: string): string =>
  new Date(at).toLocaleString('nl-NL', {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'long',
    timeStyle: 'short',
  });

/** What whoever reports threats in this municipality has to know; personal data was removed before it was stored. */
export function threatMail(
  to: string,
  item: CommentItem,
  settings: Settings,
  by: string,
): Parameters<QueueMail>[0] {
  const touchpoint = settings.touchpoints.find(({ key }) => key === item.touchpoint)?.name ?? item.touchpoint;
  const place = item.location ? `${touchpoint}, ${item.location}` : touchpoint;
  return {
    to,
    kind: 'aggression',
    subject: `Melding van agressie of discriminatie: ${touchpoint}`,
    text: [
      `Bij ${place} kwam een reactie binnen met agressie of discriminatie.`,
      '',
      item.text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n'),
      '',
      `Gegeven op: ${timeOf(item.givenAt)}`,
      ...(item.grade === null ? [] : [`Rapportcijfer: ${item.grade}`]),
      `Kenmerk: ${item.reference}`,
      `Doorgestuurd door: ${by}`,
      '',
      'Persoonsgegevens zijn verwijderd voordat deze reactie werd opgeslagen. Wie hem gaf, is niet bekend.',
    ].join('\n'),
  };
}
