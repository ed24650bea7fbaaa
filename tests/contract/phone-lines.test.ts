import { afterAll, beforeAll, describe } from 'vitest';
import { whatACallLeaves } from './phone-lines/calls.ts';
import { whoAnswered } from './phone-lines/figures.ts';
import { start, stop } from './phone-lines/here.ts';
import { linksOfBefore } from './phone-lines/links.ts';
import { settingsOfALine } from './phone-lines/settings.ts';
import { tryingALine } from './phone-lines/trying.ts';

beforeAll(start);
afterAll(stop);

describe('settings of a line', settingsOfALine);
describe('who answered', whoAnswered);
describe('trying a line', tryingALine);
describe('what a call leaves', whatACallLeaves);
describe('links of before', linksOfBefore);
