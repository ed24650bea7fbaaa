/** Runs every test, or those whose file names hold one of the arguments; the last line is the count. */
const filters = process.argv.slice(2);
if (filters.includes('--help')) {
  console.log(
    'Runs the tests.\n\n  npm test               all of them\n  npm test -- live       those whose file name holds "live"',
  );
  process.exit(0);
}

const { createVitest } = await import('vitest/node');
const vitest = await createVitest('test', {
  config: `${import.meta.dirname}/vitest.config.ts`,
  watch: false,
  reporters: ['default'],
});
await vitest.start(filters.length > 0 ? filters : undefined);
const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
const count = (state: string) => tests.filter((test) => test.result().state === state).length;
const broken = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
const unhandled = vitest.state.getUnhandledErrors().length;
const failed = count('failed') + broken + unhandled;
const skipped = count('skipped');
await vitest.close();
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${count('passed')} passed, ${failed} failed`);
process.exit(failed > 0 || tests.length === 0 ? 1 : 0);

export {};
