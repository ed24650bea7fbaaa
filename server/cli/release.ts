import { command } from './command.ts';

await command({
  help: `Lets mail and webhooks go out again after a restore. Works while the server runs.

  npm run release                 sends what waits
  npm run release -- --discard    first throws away what waits: it went out before the restore`,
  options: { discard: { type: 'boolean' } },
  async run({ values, open }) {
    const store = await open({ mustExist: true });
    const now = Date.now();
    const gone = values.discard
      ? [await store.mail.cancel(null, now), await store.webhooks.cancel(now)]
      : [0, 0];
    await store.outgoing.pause(false);
    console.log(`Released. Discarded: ${gone[0]} messages, ${gone[1]} webhook deliveries.`);
  },
});
