import { workerData } from 'node:worker_threads';
import { copyDatabase } from './open.ts';

copyDatabase(workerData.from, workerData.unfinished);
