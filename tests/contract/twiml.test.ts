import { afterAll, beforeAll, describe } from 'vitest';
import { whatComesAgain } from './twiml/again.ts';
import { theGrade } from './twiml/grade.ts';
import { start, stop } from './twiml/here.ts';
import { whoIsBelieved } from './twiml/signed.ts';

beforeAll(start);
afterAll(stop);

describe('the grade', theGrade);
describe('what comes again', whatComesAgain);
describe('who is believed', whoIsBelieved);
