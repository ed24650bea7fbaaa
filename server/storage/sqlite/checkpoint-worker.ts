// Copies the write-ahead log to the database whenever it is asked to. Loads nothing else: it is there for that alone.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { giveWay } from '../give-way.ts';

// Nobody waits for it.
giveWay(10);
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
