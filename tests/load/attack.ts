import fc from 'fast-check';
import { startPrepared } from '../support/prepared.ts';
import { badFrames, Flood } from './attack/frames.ts';
import { hasGrown, inspected, type Memory, watchMemory } from './attack/memory.ts';
import { badRequests, send } from './attack/requests.ts';

const help = `Sends bad requests to a program of its own: made at random from the routes of the API document, with any method,
header, query and body; messages at random on its live connections; and bytes on a socket that are neither. Ends with 1 at
the first answer of 500 or more, when the program dies, logs an error or no longer answers, or when it holds on to more memory
at the end than after the first fifth.

  npm run attack                      100,000 of them
  npm run attack -- --requests 2000   so many`;

/** How many hang on at the same time. */
const together = 16;
/** One in so many is a message on a live connection. */
const liveEvery = 4;

export interface Attacked {
  requests: number;
  statuses: Record<string, number>;
  /** Messages that were sent on live connections, answers that showed that they were read, and connections it ended. */
  live: { messages: number; proven: number; ended: number };
  /** After the warm-up of a fifth, and after each further fifth. */
  memory: Memory[];
  errors: string[];
}

export async function attack(
  requests: number,
  onProgress: (done: number) => void = () => {},
): Promise<Attacked> {
  const { program, tokens } = await startPrepared({
    tokens: { admin: 'admin', machine: 'machine' },
    environment: inspected,
  });
  const heap = await watchMemory(program);
  const floods = Array.from({ length: 4 }, () => new Flood(program.url, tokens.admin));
  try {
    const document = await (await fetch(`${program.url}/api/v1/openapi.json`)).json();
    const routes = Object.keys(document.paths).map((path) => `/api/v1${path}`);
    const wanted = fc.record({
      request: badRequests(routes, [tokens.admin, tokens.machine]),
      frame: badFrames(),
      which: fc.nat(),
    });
    type Bad = typeof wanted extends fc.Arbitrary<infer One> ? One : never;
    const statuses: Record<string, number> = {};
    const errors: string[] = [];
    const memory: Memory[] = [];
    let [done, messages] = [0, 0];
    const one = async ({ request, frame, which }: Bad) => {
      if (which % liveEvery === 0) {
        messages++;
        await floods[(which >> 2) % floods.length]!.send(frame);
      } else {
        const status = await send(program.url, request);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (Number(status) >= 500 && status !== '501')
          errors.push(`${status} for ${JSON.stringify({ ...request, bytes: undefined, token: undefined })}`);
      }
      if (++done % 1000 === 0) onProgress(done);
    };
    for (let part = 1; part <= 5; part++) {
      const end = Math.round((requests * part) / 5);
      while (done < end && errors.length === 0 && program.process.exitCode === null) {
        const queue = fc.sample(wanted, { numRuns: Math.min(500, end - done), seed: done + 1 }).values();
        const workers = Array.from({ length: together }, async () => {
          for (const bad of queue) await one(bad);
        });
        const failed = await Promise.allSettled(workers);
        errors.push(...failed.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])));
      }
      if (errors.length > 0 || program.process.exitCode !== null) break;
      // Everything was read and nobody hangs on: what is held now is kept.
      for (const flood of floods) await flood.prove();
      memory.push(await heap.look());
    }
    const alive = program.process.exitCode === null && (await fetch(`${program.url}/healthz`)).ok;
    if (!alive) errors.push('The program is no longer alive.');
    const logged = program.output.filter((line) => /"level":[56]0|Unhandled|Error:/.test(line));
    errors.push(...logged.map((line) => `logged: ${line}`));
    const total = (of: 'proven' | 'ended') => floods.reduce((sum, flood) => sum + flood[of], 0);
    const live = { messages, proven: total('proven'), ended: total('ended') };
    return { requests: done, statuses, live, memory, errors };
  } finally {
    for (const flood of floods) flood.close();
    heap.close();
    await program.stop();
  }
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  const at = args.indexOf('--requests');
  const requests = at < 0 ? 100_000 : Number(args[at + 1]);
  if (args.includes('--help') || !(requests > 0)) {
    console.log(help);
    process.exit(args.includes('--help') ? 0 : 1);
  }
  const { memory, errors, ...result } = await attack(requests, (done) => {
    if (done % 10_000 === 0) console.error(`${done} …`);
  });
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const { messages, proven, ended } = result.live;
  console.log(`${result.requests} requests, answered: ${JSON.stringify(result.statuses)}`);
  console.log(
    `${messages} of them messages on live connections: ${proven} answers between them, ${ended} connections ended by the server`,
  );
  console.log(`memory held after each fifth, in MB: ${memory.map(({ held }) => megabytes(held)).join(', ')}`);
  console.log(`resident: ${memory.map(({ resident }) => megabytes(resident)).join(', ')}`);
  for (const error of errors.slice(0, 20)) console.log(error);
  const grown = hasGrown(memory);
  if (grown) console.log('The program holds on to more memory than after the first fifth.');
  process.exit(errors.length > 0 || grown ? 1 : 0);
}
