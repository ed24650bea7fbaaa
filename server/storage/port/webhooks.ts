import type { EventType } from '#shared/contract/webhooks.ts';
import type { SignalRecord } from '../port.ts';

export interface WebhookRecord {
  id: number;
  name: string;
  url: string;
  types: EventType[];
  /** The secret that signs, sealed with the key that is not in the database. */
  sealed: Buffer;
  createdAt: number;
}

/** Something that happened to a rating, in the order of the commits. */
export interface RatingEvent {
  number: number;
  kind: 'received' | 'changed' | 'comment';
  rating: number;
  placement: number;
  product: number;
  grade: number | null;
  smiley: number | null;
  at: number;
  receivedAt: number;
  comment: string | null;
}

export interface SilentDevice {
  id: number;
  name: string;
  touchpoint: string;
  /** Milliseconds UTC. */
  silentSince: number;
}

/** A signal that was raised, or a tablet that fell silent, in the order of the commits. */
export type Notice = { number: number } & (
  | { kind: 'signal'; signal: SignalRecord }
  | { kind: 'silent-device'; device: SilentDevice }
);

/** Up to which number what happened is recorded. */
export interface Recorded {
  ratings?: number;
  notices?: number;
}

export interface NewEvent {
  /** A UUID: the same at every attempt. */
  id: string;
  type: EventType;
  subject: string;
  /** The event as it is sent. */
  body: string;
}

export interface Due {
  event: number;
  id: string;
  body: string;
  attempts: number;
  /** When the event came to be. */
  at: number;
}

export type DeliveryResult = { event: number; status: number | null; reason: string | null } & (
  | { state: 'delivered' | 'failed' }
  | { state: 'waiting'; dueAt: number }
);

export interface DeliveryRecord {
  event: string;
  type: EventType;
  subject: string;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  status: number | null;
  reason: string | null;
  at: number;
  changedAt: number;
}

export interface DeliveryCounts {
  waiting: number;
  delivered: number;
  failed: number;
}

/** Who wants to be told what, and what is still to be told. Times in milliseconds UTC. */
export interface WebhookStore {
  all(): Promise<(WebhookRecord & { deliveries: DeliveryCounts })[]>;
  add(webhook: Omit<WebhookRecord, 'id'>): Promise<number>;
  /** False when there is none. What was still to be told to it is not. */
  remove(id: number): Promise<boolean>;

  /** What happened to ratings since somebody wants to know, at most so many. */
  happened(most: number): Promise<RatingEvent[]>;
  /** Signals and silent tablets since somebody wants to know, at most so many. */
  noticed(most: number): Promise<Notice[]>;
  /** Keeps events for whoever wants them, and forgets what happened up to these numbers: both or nothing. */
  record(events: NewEvent[], upTo: Recorded, now: number): Promise<void>;

  /** The first that waits of each subject, where it is due; none while what goes out is paused. */
  due(webhook: number, most: number, now: number): Promise<Due[]>;
  settle(webhook: number, results: DeliveryResult[], now: number): Promise<void>;
  /** Newest first; null when there is no such webhook. */
  deliveries(webhook: number, most: number): Promise<DeliveryRecord[] | null>;
  /** Sends again: these events, or all that failed. Their number. */
  replay(webhook: number, events: string[] | null, now: number): Promise<number>;
  counts(): Promise<DeliveryCounts>;
  /** Gives up all that waits. Their number. */
  cancel(now: number): Promise<number>;
  /** Forgets events from before a time that wait for nobody. */
  forget(before: number): Promise<void>;
}
