import { afterEach, vi } from 'vitest';

// What nobody expected to be printed as an error fails the test that caused it.
const errors = vi.spyOn(console, 'error');
afterEach(() => {
  const printed = errors.mock.calls.map((call) => call.map(String).join(' '));
  errors.mockClear();
  if (printed.length > 0) throw new Error(`console.error was called:\n${printed.join('\n')}`);
});
