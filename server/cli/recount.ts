import { auditOf, command, Progress } from './command.ts';

await command({
  help: `Counts every rating again and compares the result with every stored figure. Works while the server runs.

  npm run recount               prints "0 differences", or how many; exit 1 when there are any
  npm run recount -- --repair   mends them`,
  options: { repair: { type: 'boolean' } },
  async run({ values, open }) {
    const progress = new Progress();
    const store = await open({ mustExist: true });
    const repair = values.repair ?? false;
    if (repair) await store.audit.append(auditOf('recount', 'repair'));
    const result = await store.recount({
      repair,
      onProgress: (ratings) => progress.show(`${ratings} ratings counted …`),
    });
    progress.end();
    console.log(`${result.ratings} ratings, ${result.cells} figures compared`);
    console.log(
      `${result.differences} difference${result.differences === 1 ? '' : 's'}${repair && result.differences > 0 ? ', repaired' : ''}`,
    );
    if (result.differences > 0 && !repair) process.exitCode = 1;
  },
});
