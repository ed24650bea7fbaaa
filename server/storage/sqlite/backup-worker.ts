import { workerData } from 'node:worker_threads';
import { copyDatabase } from './backup.ts';

copyDatabase(workerData.from, workerData.unfinished);
