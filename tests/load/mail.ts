const help = `Invites ten thousand people by mail at a mail server on this machine, kills the program half-way and starts it again:
every address gets its mail exactly once, or is marked as unknown.

  npm run mail-kill              ten thousand
  npm run mail-kill -- 2000      another number`;

if (process.argv.includes('--help')) console.log(help);
else {
  const { postAndKill } = await import('./posting.ts');
  const count = Number(process.argv[2] ?? 10_000);
  const { invited, once, unknown, wrong, atKill, seconds } = await postAndKill(count);
  console.log(`${invited} invited, killed after ${atKill} letters, all settled in ${seconds.toFixed(0)} s`);
  console.log(`${once} received exactly once, ${unknown} marked as unknown, ${wrong.length} wrong`);
  for (const one of wrong.slice(0, 20)) console.log(JSON.stringify(one));
  process.exit(wrong.length === 0 ? 0 : 1);
}

export {};
