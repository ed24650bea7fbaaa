import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import * as z from 'zod';
import { may, type Reach, type Role } from '#shared/contract/access.ts';
import type { CommentItem } from '#shared/contract/comments.ts';
import { fieldErrors, ProblemError } from '#shared/contract/errors.ts';
import type { Summary } from '#shared/contract/figures.ts';
import { type ClientEvents, Handshake, type ServerEvents, Subscribe } from '#shared/contract/live.ts';
import { asProblemError } from '../http/respond.ts';
import type { Store } from '../storage/port.ts';
import { narrowed, reaches } from '../storage/reach.ts';
import { thresholdOf } from '../storage/threshold.ts';
import { Broadcaster, type TallyOf } from './broadcaster.ts';
import { Listeners, perTurn } from './listeners.ts';

export interface LiveOptions {
  server: HttpServer;
  store: Store;
  tally: TallyOf;
  now: () => number;
  /** Who holds this session cookie or token; null for nobody. */
  identify: (
    headers: IncomingHttpHeaders,
  ) => Promise<{ role: Role; reach: Reach | null; scope: string | null } | null>;
  isOwnOrigin: (request: import('node:http').IncomingMessage) => boolean;
  log: (error: unknown) => void;
}

interface SocketData {
  credentials: IncomingHttpHeaders;
  threshold: number;
  /** What the account is limited to. */
  reach: Reach | null;
  /** Whom the credentials spoke for when it connected. */
  account: string;
  /** Whether it hears of comments: a wallboard does not. */
  comments: boolean;
  topic: string | null;
  /** What a socket asks is done in order, one at a time. */
  turn: Promise<void>;
}
type LiveSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

/** Sockets whose session ended hear nothing more: looked at on every change of access, and this often besides. */
const lookAgainEvery = 30_000;

export interface Live {
  /** Another namespace on the same connection, for who has something else to say. */
  of: Server['of'];
  /** Asks every socket's credentials again. */
  recheck(): Promise<void>;
  /** To whoever may read comments of that place, after those who lost access were sent away. */
  announce(news: { comment: CommentItem } | { changed: CommentItem } | { gone: string }): Promise<void>;
  /** What somebody who watches this question with this threshold sees now. */
  shown(question: Subscribe, threshold: number): Promise<Summary>;
  /** Whether anybody would hear of a comment. */
  isHeard(): boolean;
  /** Closes the server that it listens on as well; resolves when the last connection ended. */
  close(): Promise<void>;
}

export function live({ server, store, tally, now, identify, isOwnOrigin, log }: LiveOptions): Live {
  const io = new Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>(server, {
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    // A page of another website may not use the cookie of somebody who signed in here.
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request)),
  });
  // Figures are in /live; nobody has anything to do elsewhere.
  io.use((_socket, next) => next(new Error('not-found')));
  const namespace = io.of('/live');
  const audience = new Listeners((ids, change) => void namespace.to(ids).emit('change', change));
  const broadcaster = new Broadcaster({
    audience,
    store,
    tally,
    now,
    log,
    recheck: () => recheck(),
  });

  namespace.use(async (socket, next) => {
    try {
      const handshake = Handshake.catch({}).parse(socket.handshake.auth);
      const credentials = handshake.token
        ? { authorization: `Bearer ${handshake.token}` }
        : { cookie: socket.handshake.headers.cookie, authorization: socket.handshake.headers.authorization };
      const account = await identify(credentials);
      if (!account || !may(account.role, 'figures')) return next(new Error('not-signed-in'));
      socket.data.credentials = credentials;
      socket.data.reach = account.reach;
      socket.data.account = JSON.stringify(account);
      socket.data.topic = null;
      socket.data.turn = Promise.resolve();
      const onWall = handshake.view === 'wallboard' || account.scope === 'wallboard';
      socket.data.comments = may(account.role, 'comments') && !onWall;
      socket.data.threshold = thresholdOf(account, store.settings(), onWall);
      next();
    } catch (error) {
      log(error);
      next(new Error('internal-error'));
    }
  });

  namespace.on('connection', (socket) => {
    const next = (work: () => Promise<void>) => {
      socket.data.turn = socket.data.turn.then(work).catch(log);
    };
    socket.on('subscribe', (request, acknowledge) =>
      next(() => subscribe(socket, request, callable(acknowledge) ?? callable(request))),
    );
    socket.on('unsubscribe', (acknowledge) =>
      next(async () => {
        await leave(socket);
        callable(acknowledge)?.();
      }),
    );
    socket.on('disconnect', () => next(() => leave(socket)));
    socket.on('error', () => {});
    socket.onAny((event, ...rest: unknown[]) => {
      const unknown = new ProblemError('invalid-input', 'Send subscribe or unsubscribe.');
      if (event !== 'subscribe' && event !== 'unsubscribe')
        callable(rest.at(-1))?.({ error: unknown.problem });
    });
  });

  async function subscribe(
    socket: LiveSocket,
    request: unknown,
    answer: Acknowledge | undefined,
  ): Promise<void> {
    try {
      const parsed = Subscribe.safeParse(request);
      if (!parsed.success)
        throw new ProblemError('invalid-input', z.prettifyError(parsed.error), {
          errors: fieldErrors(parsed.error, request),
        });
      await leave(socket);
      const { filters = {}, ...question } = parsed.data;
      const asked = narrowed(filters, socket.data.reach, store.settings());
      const { topic, shown } = await broadcaster.watch(
        { ...question, filters: asked },
        socket.data.threshold,
      );
      if (!socket.connected) return broadcaster.unwatch(topic);
      socket.data.topic = topic;
      audience.join(topic, socket);
      // Read after joining: a push in between is in the answer, a later one follows it.
      answer?.(shown());
    } catch (error) {
      const known = asProblemError(error);
      if (known.problem.status >= 500) log(error);
      answer?.({ error: known.problem });
    }
  }

  async function leave(socket: LiveSocket): Promise<void> {
    const { topic } = socket.data;
    if (!topic) return;
    socket.data.topic = null;
    audience.leave(topic, socket);
    broadcaster.unwatch(topic);
  }

  /** The last look at who may still listen; nothing is told while it runs. */
  let looked: Promise<void> = Promise.resolve();
  function recheck(): Promise<void> {
    const done = sendAway();
    looked = done.catch(() => {});
    return done;
  }
  async function sendAway(): Promise<void> {
    const known = new Map<string, string | null>();
    let looked = 0;
    for (const socket of [...namespace.sockets.values()]) {
      // Thousands are not looked at in one breath.
      if (++looked % perTurn === 0) await new Promise(setImmediate);
      const { credentials } = socket.data;
      const key = JSON.stringify(credentials);
      if (!known.has(key)) {
        const account = await identify(credentials);
        known.set(key, account && may(account.role, 'figures') ? JSON.stringify(account) : null);
      }
      // Who may see something else than before connects again, as whoever they are now.
      if (known.get(key) !== socket.data.account) socket.disconnect(true);
    }
  }

  const guarded = () => void recheck().catch(log);
  const looking = setInterval(guarded, lookAgainEvery);
  looking.unref();
  const unlisten = store.onSettings(guarded);

  return {
    of: io.of.bind(io) as Server['of'],
    recheck,
    async announce(news) {
      await looked;
      for (const socket of namespace.sockets.values()) {
        const { comments, reach } = socket.data;
        if (!comments) continue;
        if ('gone' in news) socket.emit('comment-gone', { reference: news.gone });
        else if ('comment' in news) reaches(reach, news.comment) && socket.emit('comment', news.comment);
        else if (reaches(reach, news.changed)) socket.emit('follow-up', news.changed);
      }
    },
    async shown(question, threshold) {
      const { topic, shown } = await broadcaster.watch(question, threshold);
      const summary = shown();
      broadcaster.unwatch(topic);
      return summary;
    },
    isHeard: () => [...namespace.sockets.values()].some(({ data }) => data.comments),
    async close() {
      clearInterval(looking);
      unlisten();
      broadcaster.close();
      await io.close();
    },
  };
}

type Acknowledge = (reply?: Summary | { error: unknown }) => void;
/** What a client sends in the place of an acknowledgement is only called when it can be. */
const callable = (value: unknown): Acknowledge | undefined =>
  typeof value === 'function' ? (value as Acknowledge) : undefined;
