import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Letter {
  to: string;
  raw: string;
}

export interface Mailbox {
  url: string;
  letters: Letter[];
  /** What the server answers to a recipient; nothing: it takes it. May throw away the connection instead. */
  answer: (to: string, moment: 'recipient' | 'end') => { code: number; text: string } | 'hang-up' | null;
  parsed(): Promise<ParsedMail[]>;
  close(): Promise<void>;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A real mail server on this machine, which keeps what it took. */
export async function startMailbox(port = 0): Promise<Mailbox> {
  const letters: Letter[] = [];
  const mailbox: Mailbox = {
    url: '',
    letters,
    answer: () => null,
    parsed: () => Promise.all(letters.map(({ raw }) => simpleParser(raw))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const refusal = ({ code, text }: { code: number; text: string }) =>
    Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, done) {
      const answer = mailbox.answer(address, 'recipient');
      done(answer && answer !== 'hang-up' ? refusal(answer) : undefined);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const answer = mailbox.answer(to, 'end');
        if (answer && answer !== 'hang-up') return done(refusal(answer));
        letters.push({ to, raw: Buffer.concat(chunks).toString('utf8') });
        if (answer !== 'hang-up') return done();
        for (const { _socket } of server.connections as Set<{ _socket: import('node:net').Socket }>)
          _socket.destroy();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  mailbox.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return mailbox;
}
