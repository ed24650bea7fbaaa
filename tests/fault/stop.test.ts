import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { countRatings } from '../support/database.ts';
import { Listener } from '../support/listener.ts';
import { type Program, startProgram } from '../support/program.ts';
import { aRating, post } from '../support/ratings.ts';
import { until } from '../support/until.ts';

let program: Program;
afterEach(() => program.stop());

/** Posts on a connection that stays open; the status, or null when nobody answered. */
const postOn = (agent: Agent, url: string, rating: unknown) =>
  new Promise<number | null>((resolve) => {
    const headers = { 'content-type': 'application/json' };
    const sending = request(`${url}/api/v1/ratings`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? null));
      response.on('error', () => resolve(null));
    });
    sending.on('error', () => resolve(null));
    sending.end(JSON.stringify(rating));
  });

test.each(['SIGTERM', 'SIGINT'] as const)(
  'CM3: %s under load ends with 0, and everything that was answered 201 is there',
  async (signal) => {
    program = await startProgram();
    const agent = new Agent({ keepAlive: true, maxSockets: 30 });
    const answered: unknown[] = [];
    const strange: (number | null)[] = [];
    let unanswered = 0;
    const client = async () => {
      for (;;) {
        const rating = aRating();
        const status = await postOn(agent, program.url, rating);
        if (status === 201) answered.push(rating);
        else if (status === null) {
          unanswered++;
          return;
        } else strange.push(status);
      }
    };
    const clients = Promise.all(Array.from({ length: 30 }, client));
    await until('a good number of answers', () => answered.length > 300);
    const exited = new Promise<number | null>((resolve) => program.process.on('exit', resolve));
    program.process.kill(signal);
    expect(await exited).toBe(0);
    await clients;
    agent.destroy();
    expect(strange).toEqual([]);
    const kept = countRatings(program.dataDir);
    expect(kept).toBeGreaterThanOrEqual(answered.length);
    expect(kept).toBeLessThanOrEqual(answered.length + unanswered);
    program = await program.restart();
    for (let from = 0; from < answered.length; from += 50) {
      const replies = await Promise.all(
        answered.slice(from, from + 50).map((rating) => post(program.url, rating)),
      );
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    }
    expect(program.output.join('\n')).not.toContain('rror');
  },
);

test('CM3: who watches, who idles and who sends half a request do not keep it from ending with 0', async () => {
  program = await startProgram();
  const token = await program.token('viewer');
  const listener = await new Listener(program.url, { token }).connected();
  await listener.subscribe({ period: 'today', by: 'channel' });
  const gone = new Promise((resolve) => listener.socket.on('disconnect', resolve));
  const port = Number(new URL(program.url).port);
  const sockets = [
    '',
    'POST /api/v1/ratings HTTP/1.1\r\nHost: x\r\n',
    'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n',
  ].map((text) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(text);
    return socket;
  });
  const half = 'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"id":';
  sockets[1]!.write(half);
  await until('the whole request is answered', () => sockets[2]!.bytesRead > 0);
  expect(await program.stop()).toBe(0);
  await gone;
  listener.close();
  for (const socket of sockets) socket.destroy();
});

test('CM3: the write-ahead log is written back at the end', async () => {
  program = await startProgram();
  for (let i = 0; i < 50; i++) await post(program.url, aRating());
  expect(await program.stop()).toBe(0);
  expect(countRatings(program.dataDir)).toBe(50);
});

test('IN19: a thousand people who come in the same moment are connected while the program does something else', async () => {
  program = await startProgram();
  const { hostname, port } = new URL(program.url);
  program.process.kill('SIGSTOP');
  const sockets = Array.from({ length: 1000 }, () => connect(Number(port), hostname));
  let connected = 0;
  for (const socket of sockets) socket.on('connect', () => connected++).on('error', () => {});
  try {
    // The system answers in place of the program, as far as it was told to; others would try again seconds later.
    await until('all are connected', () => connected === sockets.length, 60_000);
  } finally {
    program.process.kill('SIGCONT');
    for (const socket of sockets) socket.destroy();
  }
  expect((await post(program.url, aRating())).status).toBe(201);
});
