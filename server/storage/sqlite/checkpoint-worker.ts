// Copies the write-ahead log to the database whenever it is asked to. Loads nothing else: it is there for that alone.
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

try {
  // Whoever sends a rating goes first. Linux has a priority per thread, named by its number; elsewhere all have the same.
  setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_BELOW_NORMAL);
} catch {}
const db = new Database(workerData.file);
db.pragma('synchronous = NORMAL');
db.pragma('busy_timeout = 0');
const port = parentPort!;

port.on('message', () => {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // What could not be copied stays in the log, and is copied with the next.
  }
  port.postMessage(null);
});
