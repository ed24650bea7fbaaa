import type { MailKind, MailWishes } from '#shared/contract/mail-wishes.ts';
import type { NewMail } from './mail.ts';

/** What accounts asked to get by e-mail, and what they got. Times in milliseconds UTC. */
export interface MailWishStore {
  of(account: string): Promise<MailWishes>;
  set(account: string, wishes: MailWishes): Promise<void>;
  /** Who asked for this kind of mail. */
  wanting(kind: MailKind): Promise<{ account: string; language: MailWishes['language'] }[]>;
  /** Queues a mail about something that this account was not mailed about before, all of it or nothing; else false. */
  tell(account: string, subject: string, mail: NewMail, now: number): Promise<boolean>;
  told(account: string, subject: string): Promise<boolean>;
  /** Forgets what was told before a time. */
  forget(before: number): Promise<void>;
}
