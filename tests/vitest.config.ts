import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const folders = ['/fault/', '/browser/', '/contract/', '/unit/'];
const rank = ({ moduleId }: TestSpecification) => folders.findIndex((folder) => moduleId.includes(folder));

/** What takes long begins first, so that the workers end together; within a folder as Vitest has it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['{unit,contract,browser,fault}/**/*.test.{ts,tsx}'],
    // Whoever starts Vitest itself tests what the sources are now, too.
    globalSetup: ['support/all-built.ts'],
    setupFiles: ['support/strict.ts'],
    // Programs, databases and browsers are real: they need a moment on a small machine, and they share two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // A third cost more than it brought on two cores: 845 s of processor and 608 s, where two took 755 and 527.
    maxWorkers: 2,
    pool: 'forks',
    // Nothing is mocked, and what a file starts it ends: a worker goes on with the next file, its modules loaded.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    fileParallelism: true,
  },
});
