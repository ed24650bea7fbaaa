import type { io, Socket } from 'socket.io-client';
import type { Problem } from '#shared/contract/errors.ts';
import type { Summary } from '#shared/contract/figures.ts';
import type { Change, ClientEvents, ServerEvents, Subscribe } from '#shared/contract/live.ts';
import type { Connection } from '../../ui/connection-state/ConnectionState.tsx';
import type { Pulse } from '../../ui/pulse-line/PulseLine.tsx';
import { arrivalsBetween, mergeChange } from './merge.ts';

export interface LiveState {
  connection: Connection;
  /** The figures, and the subscription that they belong to. */
  summary: Summary | null;
  of: string | null;
  problem: Problem | null;
  /** When the figures were last known to be right. */
  figuresAt: number | null;
  ratingAt: number | null;
  /** Since when arriving ratings are counted, and how many came. */
  since: number;
  received: number;
  pulses: readonly Pulse[];
}

/** More dots than these are a blot, and moving each of them every second keeps the page from answering. */
const mostPulses = 150;
/** More than this in one drawing are a crowd, and each of them is no event. */
const few = 5;
/** At least this long between two drawings of changes, in milliseconds; the first after a quiet time is drawn at once. */
const drawEvery = 200;
const offlineAfter = 10_000;
const againAfter = 2_000;

/** One socket and one subscription at a time; React reads it as an external store. */
export class LiveConnection {
  #state: LiveState = {
    connection: 'connecting',
    summary: null,
    of: null,
    problem: null,
    figuresAt: null,
    ratingAt: null,
    since: Date.now(),
    received: 0,
    pulses: [],
  };
  readonly #auth: Record<string, string>;
  #socket: Socket<ServerEvents, ClientEvents> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #refused: () => Promise<boolean>;
  #wanted: Subscribe | null = null;
  #asked = 0;
  /** Changes that came while an answer was on its way; those newer than the answer count. */
  #waiting: Change[] | null = null;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #pulseId = 0;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #drawTimer: ReturnType<typeof setTimeout> | undefined;

  /** `refused` says whether it makes sense to try again. */
  constructor(wallboard: boolean, token: string | null, refused: () => Promise<boolean>) {
    this.#refused = refused;
    this.#auth = { ...(wallboard ? { view: 'wallboard' } : {}), ...(token ? { token } : {}) };
  }

  #made(connect: typeof io): Socket<ServerEvents, ClientEvents> {
    const socket: Socket<ServerEvents, ClientEvents> = connect('/live', {
      autoConnect: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelayMax: 5_000,
      auth: this.#auth,
    });
    socket.on('connect', () => this.#ask());
    socket.on('change', (change) => this.#take(change));
    socket.on('disconnect', (reason) => {
      this.#lost();
      // The server only ends a connection itself when the session ended.
      if (reason === 'io server disconnect') this.#again();
    });
    socket.on('connect_error', () => {
      this.#lost();
      // A refusal (and not a failure on the way) is final: the socket does not try again by itself.
      if (!socket.active) this.#again();
    });
    return socket;
  }

  readonly getSnapshot = (): LiveState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The first figures are drawn before the script for the live ones is there. */
  async open(): Promise<void> {
    this.#closed = false;
    try {
      const { io } = await import('socket.io-client');
      if (this.#closed) return;
      this.#socket ??= this.#made(io);
      this.#socket.connect();
    } catch {
      this.#lost();
      this.#retryTimer = setTimeout(() => this.open(), againAfter);
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#offlineTimer);
    clearTimeout(this.#drawTimer);
    this.#drawTimer = undefined;
    this.#socket?.disconnect();
  }

  want(request: Subscribe): void {
    this.#wanted = request;
    if (this.#socket?.connected) this.#ask();
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    this.#draw();
  }

  #draw(): void {
    clearTimeout(this.#drawTimer);
    this.#drawTimer = undefined;
    this.#drawnAt = performance.now();
    for (const listener of this.#listeners) listener();
  }

  /** Many changes a second are drawn together: all of them are in the state. */
  #drawSoon(): void {
    const wait = this.#drawnAt + drawEvery - performance.now();
    if (wait <= 0) this.#draw();
    else this.#drawTimer ??= setTimeout(() => this.#draw(), wait);
  }

  #ask(): void {
    const request = this.#wanted;
    if (!request) return;
    this.#asked += 1;
    const turn = this.#asked;
    this.#waiting = [];
    this.#socket?.emit('subscribe', request, (reply) => {
      if (turn !== this.#asked) return;
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      clearTimeout(this.#offlineTimer);
      this.#offlineTimer = undefined;
      if ('error' in reply) {
        this.#set({ connection: 'live', problem: reply.error });
        return;
      }
      const summary = waiting.filter(({ sequence }) => sequence > reply.sequence).reduce(mergeChange, reply);
      const of = JSON.stringify(request);
      const other = of !== this.#state.of;
      this.#set({
        connection: 'live',
        summary,
        of,
        problem: null,
        figuresAt: Date.now(),
        ...(other ? { since: Date.now(), received: 0, pulses: [] } : {}),
      });
    });
  }

  #take(change: Change): void {
    if (this.#waiting) {
      this.#waiting.push(change);
      return;
    }
    const before = this.#state.summary;
    if (!before) return;
    const summary = mergeChange(before, change);
    if (summary === before) return;
    const at = Date.now();
    const { count, arrived } = arrivalsBetween(before, summary);
    const fresh = arrived.map((each) => {
      this.#pulseId += 1;
      return { id: this.#pulseId, at, amongMany: count > few, ...each };
    });
    this.#state = {
      ...this.#state,
      summary,
      figuresAt: at,
      ...(count > 0
        ? {
            ratingAt: at,
            received: this.#state.received + count,
            pulses: [...this.#state.pulses, ...fresh].slice(-mostPulses),
          }
        : {}),
    };
    this.#drawSoon();
  }

  async #again(): Promise<void> {
    if (!(await this.#refused()) || this.#closed) return;
    this.#retryTimer = setTimeout(() => this.#socket?.connect(), againAfter);
  }

  #lost(): void {
    this.#waiting = null;
    if (this.#state.connection === 'live') this.#set({ connection: 'reconnecting', figuresAt: Date.now() });
    this.#offlineTimer ??= setTimeout(() => this.#set({ connection: 'offline' }), offlineAfter);
  }
}
