import { CommandRefused, command } from './command.ts';

await command({
  help: `Verifies the audit log: recomputes the hash of every line over its fields and the hash of the line before it, so that
one changed byte is found. Prints the last hash; note it down elsewhere, and later pass it on to see that nothing before it
was replaced. Works while the server runs. Exit 1 when something does not fit.

  npm run audit
  npm run audit -- --holds HASH

  --holds HASH   also looks whether the line with this hash is still there`,
  options: { holds: { type: 'string' } },
  async run({ values, open }) {
    const store = await open({ mustExist: true });
    const { records, broken, head } = await store.audit.verify();
    if (broken !== null)
      throw new CommandRefused(
        `The audit log was changed: line ${broken} does not fit the lines before it. Keep this database as it is, and compare it with a backup.`,
      );
    if (values.holds !== undefined && !(await store.audit.holds(values.holds)))
      throw new CommandRefused(
        `The line with the hash ${values.holds} is not there: it was forgotten after its period, or the log was replaced.`,
      );
    console.log(`The audit log is whole: ${records} lines. Last hash: ${head}`);
  },
});
