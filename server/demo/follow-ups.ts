import type { FollowUpChange } from '#shared/contract/comments.ts';
import type { Store } from '../storage/port.ts';

interface Plan {
  channel: string;
  themes: string[];
  /** Days ago: the comments that it is about, and when it was done. */
  from: number;
  to: number;
  at: number;
  by: string;
  change: FollowUpChange;
}

const anja = 'Anja de Wit';
const bram = 'Bram Yıldız';
const chantal = 'Chantal Mook';

/** What the staff of the demo city did about what people wrote. */
const plans: Plan[] = [
  {
    ...{ channel: 'balie', themes: ['wachttijd'], from: 240, to: 190, at: 185, by: anja },
    change: {
      ...{ status: 'done', owner: anja, note: 'Besproken met de planning.' },
      done: 'Op maandag is er een balie extra open. Wie een afspraak heeft, wordt nu meestal binnen 10 minuten geholpen.',
    },
  },
  {
    ...{ channel: 'digitaal', themes: ['digitaal', 'duidelijkheid'], from: 160, to: 120, at: 110, by: bram },
    change: {
      ...{ status: 'done', owner: bram, note: 'Samen met de leverancier van de formulieren.' },
      done: 'Een formulier bewaart nu wat u invulde. Na het inloggen gaat u verder waar u was.',
    },
  },
  {
    ...{ channel: 'digitaal', themes: ['digitaal'], from: 45, to: 20, at: 12, by: bram },
    change: {
      ...{ status: 'in-progress', owner: bram },
      note: 'Melding ligt bij de leverancier; antwoord verwacht deze maand.',
    },
  },
  {
    ...{
      channel: 'telefoon',
      themes: ['wachttijd', 'bereikbaarheid'],
      from: 120,
      to: 80,
      at: 70,
      by: chantal,
    },
    change: {
      ...{ status: 'done', owner: chantal, note: 'Proef van drie maanden, daarna beslissen.' },
      done: 'U kunt zich laten terugbellen in plaats van in de wacht te staan.',
    },
  },
  {
    ...{ channel: 'web', themes: ['duidelijkheid', 'taal'], from: 90, to: 50, at: 40, by: anja },
    change: {
      ...{ status: 'done', owner: anja, note: 'Twintig meest bezochte pagina’s.' },
      done: 'De pagina’s over paspoort, rijbewijs en verhuizen zijn herschreven in gewone taal.',
    },
  },
  {
    ...{ channel: 'balie', themes: ['compliment', 'bejegening'], from: 30, to: 5, at: 3, by: anja },
    change: { status: 'no-action', owner: anja, note: 'Doorgegeven aan het team.' },
  },
];

const day = 86_400_000;
const most = 12;

/** Writes what was done about comments of the history, as of the days on which it was done. */
export async function followUps(store: Pick<Store, 'inbox' | 'settings'>, now: number): Promise<void> {
  while (await store.inbox.index(5000));
  const { touchpoints, placements } = store.settings();
  for (const { channel, themes, from, to, at, by, change } of plans) {
    const here = touchpoints.filter((point) => point.channel === channel).map(({ key }) => key);
    const today = Math.floor(now / day);
    const found = await store.inbox.find(
      {
        ...{ from: today - from, to: today - to, products: null, languages: null, marked: true },
        placements: placements.filter(({ touchpoint }) => here.includes(touchpoint)).map(({ id }) => id),
        ...{ themes, statuses: ['new'], kind: null, sought: null, after: null },
      },
      most,
    );
    const items = found.map(({ seq, followUp: { version } }) => ({ seq, version }));
    await store.inbox.followUp(items, change, { name: by, at: now - at * day });
  }
}
