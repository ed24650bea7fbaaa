import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { asking } from './kiosk/asking.ts';
import { keeping } from './kiosk/keeping.ts';
import { start, stop, watched } from './kiosk/setting.ts';

beforeAll(start);
afterAll(stop);
afterEach(() => watched.context.close());

describe('the kiosk keeps', keeping);
describe('the kiosk asks', asking);
