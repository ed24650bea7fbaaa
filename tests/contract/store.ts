import { describe } from 'vitest';
import { auditContract } from './store/audit.ts';
import { type Bench, benchOf, type Open } from './store/bench.ts';
import { changesContract } from './store/changes.ts';
import { copiesContract } from './store/copies.ts';
import { countsContract } from './store/counts.ts';
import { devicesContract, questionnairesContract, voidsContract } from './store/devices.ts';
import { inboxContract } from './store/inbox.ts';
import { mailContract } from './store/mail.ts';
import { mailWishesContract } from './store/mail-wishes.ts';
import { mergedContract } from './store/merged.ts';
import { normsContract } from './store/norms.ts';
import { outcomesContract } from './store/outcomes.ts';
import { passkeysContract } from './store/passkeys.ts';
import { phoneContract } from './store/phone.ts';
import { settingsContract } from './store/settings.ts';
import { signalsContract } from './store/signals.ts';

/**
 * What every storage adapter promises. `open` opens the database at a place, and makes it when it is not there;
 * `newPlace` names a place where nothing is yet. Two stores opened at one place are two processes on one database.
 */
export function storeContract(open: Open, newPlace: () => string, more: Partial<Bench> = {}): void {
  const bench = { ...benchOf(open, newPlace), ...more };
  describe('what is kept', () => outcomesContract(bench));
  describe('what is counted', () => countsContract(bench));
  describe('what is counted as one', () => mergedContract(bench));
  describe('what is announced', () => changesContract(bench));
  describe('settings and access', () => settingsContract(bench));
  describe('service norms', () => normsContract(bench));
  describe('signals', () => signalsContract(bench));
  describe('the audit log', () => auditContract(bench));
  describe('mail', () => mailContract(bench));
  describe('what accounts are mailed', () => mailWishesContract(bench));
  describe('telephone', () => phoneContract(bench));
  describe('passkeys', () => passkeysContract(bench));
  describe('comments', () => inboxContract(bench));
  describe('questionnaires', () => questionnairesContract(bench));
  describe('tablets', () => devicesContract(bench));
  describe('voiding', () => voidsContract(bench));
  describe('copies', () => copiesContract(bench));
}
