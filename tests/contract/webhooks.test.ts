import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { afresh, start, stop } from './webhooks/here.ts';
import { howItIsKept } from './webhooks/keeping.ts';
import { whoWasAway } from './webhooks/order.ts';
import { whatIsTold } from './webhooks/telling.ts';

beforeAll(start);
beforeEach(afresh);
afterAll(stop);

describe('what is told', whatIsTold);
describe('who was away', whoWasAway);
describe('how it is kept', howItIsKept);
