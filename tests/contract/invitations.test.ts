import { afterAll, beforeAll, describe } from 'vitest';
import { whoIsAsked } from './invitations/asking.ts';
import { whatBecameOfIt } from './invitations/delivery.ts';
import { start, stop } from './invitations/here.ts';
import { whatALinkDoes } from './invitations/links.ts';
import { whatIsKept } from './invitations/privacy.ts';

beforeAll(start);
afterAll(stop);

describe('who is asked', whoIsAsked);
describe('what a link does', whatALinkDoes);
describe('what became of it', whatBecameOfIt);
describe('what is kept', whatIsKept);
