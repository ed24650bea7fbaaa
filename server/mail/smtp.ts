import { randomUUID } from 'node:crypto';
import { Transform } from 'node:stream';
import { createTransport } from 'nodemailer';
import { type Delivery, type Message, type Transport, withoutAddresses } from './message.ts';

/** So many connections to the server at a time. */
export const connections = 5;

/** The server of the municipality. Only what it has said decides about a message; what it may have said is unknown. */
export function smtp(url: string, from: string): Transport {
  const { hostname, searchParams } = new URL(url);
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const pool = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    // Who tries again is the outbox: it remembers.
    maxRequeues: 0,
    ...(searchParams.has('requireTLS') ? {} : { requireTLS: !here }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  const whole = new Map<string, () => void>();
  // The last byte of a message goes through here just before the dot that ends it: without it nothing was sent.
  pool.use('stream', (mail, next) => {
    const tell = whole.get(String(mail.data.messageId));
    mail.message.transform(
      () =>
        new Transform({
          transform: (chunk, _encoding, done) => done(null, chunk),
          flush(done) {
            tell?.();
            done();
          },
        }),
    );
    next();
  });
  return {
    async send(message) {
      const messageId = `<${randomUUID()}@${domain}>`;
      let complete = false;
      whole.set(messageId, () => {
        complete = true;
      });
      const { subject, text, html } = message;
      const to = { name: '', address: message.to };
      try {
        await pool.sendMail({ from, to, messageId, subject, text, html, headers: headersOf(message) });
        return { state: 'sent' };
      } catch (error) {
        return outcomeOf(error as SmtpError, complete);
      } finally {
        whole.delete(messageId);
      }
    },
    close: () => pool.close(),
  };
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

function headersOf({ unsubscribe }: Message): Record<string, string> {
  const robot = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
  return unsubscribe === undefined
    ? robot
    : {
        ...robot,
        'List-Unsubscribe': `<${unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      };
}

function outcomeOf(error: SmtpError, complete: boolean): Delivery {
  const { responseCode, code } = error;
  const reason = withoutAddresses(error.response || error.message);
  const aboutThisMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (aboutThisMessage && responseCode !== undefined && responseCode !== 421)
    return { state: responseCode >= 500 ? 'refused' : 'later', reason };
  // An address that cannot stand in an envelope never gets to a server.
  if (code === 'EENVELOPE' && responseCode === undefined) return { state: 'refused', reason };
  if (complete && responseCode === undefined) return { state: 'unknown', reason };
  return { state: 'unreachable', reason };
}
