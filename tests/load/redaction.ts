import { redact } from '#shared/core/redact.ts';
import { measure } from '../support/redaction.ts';

const help = `How much personal data the redaction finds in the labelled sentences of tests/support/redaction, and how often it
takes something for personal that is not.

  npm run redaction                  both halves: seen (used to write the rules) and unseen (kept apart)
  npm run redaction -- seen          one of them
  npm run redaction -- seen --wrong  and every sentence that it has wrong
  npm run redaction -- speed         how long comments take, and texts of 100 kB made to be slow
  npm run redaction -- planted       10,000 comments with identifiers through every way into a program of its own: none may
                                     be in a file of its data, in its log or in what goes out`;

const args = process.argv.slice(2);
const asked = args.filter((arg) => arg !== '--wrong');
if (args.includes('--help') || asked.some((arg) => !['seen', 'unseen', 'speed', 'planted'].includes(arg))) {
  console.log(help);
  process.exit(args.includes('--help') ? 0 : 1);
}
for (const half of ['seen', 'unseen'] as const) {
  if (asked.length > 0 && !asked.includes(half)) continue;
  const scores = measure(half);
  const figure = (value: number) => value.toFixed(3).padStart(10);
  console.log(`\n${half}\nkind        sentences    recall precision`);
  for (const { kind, sentences, recall, precision, missed, tooMuch } of scores) {
    console.log(`${kind.padEnd(12)}${String(sentences).padStart(9)}${figure(recall)}${figure(precision)}`);
    if (args.includes('--wrong')) {
      for (const text of missed) console.log(`    missed    ${JSON.stringify(text)}`);
      for (const text of tooMuch) console.log(`    too much  ${JSON.stringify(text)}`);
    }
  }
}

/** The least of a few runs: what the machine does besides is no part of it. */
function least(runs: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const comments = {
  'nothing personal':
    'Vriendelijk geholpen aan de balie, maar ik moest wel lang wachten voordat ik aan de beurt was. Dank u',
  'times and numbers':
    'Ik was er om 9:00 uur met afspraak en pas om 10:15 bij loket 12 aan de beurt, dat kan echt beter zo.',
  'much personal':
    'Bel 06-12345678 of mail jan.devries@voorbeeld.nl, mijn BSN is 111222333 en ik woon op Kerkstraat 4.',
};
const hostile = (
  'a|a.|1|1 |1   (|AA00 AAAA |a@a.|+(|1-|2019-2020-|1:\u200e|\u200e1|1\n:_ |é@|06-12345678 |00|0 |+1 |een |nul een |mevrouw |' +
  'mijn naam is |mevrouw van der |@| @ |(a)|a at b punt |http://?|a?a=|a.b?c=d&| straat 1|Laan van 1 |2511 BT |2511BT,|12, 2511 |' +
  'AB-12-C|A1|1A|12-AB-|NL91ABNA041716430|geboren 1 mei |1.250.000|٣\u200e|\u0301|\ud83d|kenteken 1|J.|jan punt at punt |' +
  '1-1-2024 |0-0-0|www.|a1b2c3|ik woon A 1 '
).split('|');

if (asked.includes('speed')) {
  console.log('\na comment of 100 characters');
  for (const [name, text] of Object.entries(comments)) {
    const thousand = () => {
      for (let i = 0; i < 1000; i++) redact(text);
    };
    console.log(`${name.padEnd(20)}${least(200, thousand).toFixed(2).padStart(8)} µs`);
  }
  const whole = (piece: string, length = 100_000) => piece.repeat(length).slice(0, length);
  const timed = (text: string, runs: number) => least(runs, () => redact(text));
  const yardstick = timed(whole(`${comments['much personal']} `), 20);
  // Few runs choose the slowest; those are measured anew, so that a moment in which the machine did something else does
  // not make a text slow.
  const slowest = hostile
    .flatMap((a) => [a, ...hostile.filter((_, at) => at % 7 === 0).map((b) => a + b)])
    .map((piece) => ({ piece, ms: timed(whole(piece), 3) }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 40)
    .map(({ piece }) => {
      const ms = timed(whole(piece), 20);
      return { piece, ms, growth: timed(whole(piece, 200_000), 20) / ms };
    })
    .sort((a, b) => b.ms - a.ms);
  console.log(
    `\n100 kB of comments full of personal data: ${yardstick.toFixed(1)} ms; the slowest hostile texts of 100 kB`,
  );
  for (const { piece, ms, growth } of slowest.slice(0, 8))
    console.log(
      `${ms.toFixed(1).padStart(8)} ms, ${(ms / yardstick).toFixed(1)} times that; twice as long takes ` +
        `${growth.toFixed(1)} times as long  ${JSON.stringify(piece)}`,
    );
  if (slowest.some(({ ms, growth }) => ms > 20 && (ms > 10 * yardstick || growth > 3))) process.exitCode = 1;
}

if (asked.includes('planted')) {
  const { plantEverywhere } = await import('../support/planted.ts');
  const { planted, ratings, told, found } = await plantEverywhere(10_000);
  console.log(
    `\n${planted} planted, ${ratings} ratings kept, ${told} webhooks received, ${found.length} found`,
  );
  for (const one of found.slice(0, 20)) console.log(one);
  if (found.length > 0) process.exitCode = 1;
}
