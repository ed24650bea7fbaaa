/** A database that this program cannot work with as it is; the message says what to do. */
export class DatabaseRefused extends Error {}

/** A change of settings that goes against those that are there; nothing was changed. */
export class SettingsRefused extends Error {}

/** A copy that was not begun. */
export class BackupRefused extends Error {}

/** The database cannot be reached or takes nothing now: nothing was stored, and it may work in a moment. */
export class DatabaseAway extends Error {
  readonly code = 'DATABASE_AWAY';
}
