import { afterAll, beforeAll, describe } from 'vitest';
import { administration } from './devices/administration.ts';
import { pairing } from './devices/pairing.ts';
import { questionnaires } from './devices/questionnaires.ts';
import { program, start } from './devices/setting.ts';

beforeAll(start);
afterAll(() => program?.stop());

describe('pairing', pairing);
describe('questionnaires', questionnaires);
describe('administration', administration);
