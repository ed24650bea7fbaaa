// The version is checked before anything native is loaded: an old Node would stop without a word.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `klantpuls: this is Node ${process.versions.node}, too old. Use "npm start": it brings the right one along.`,
  );
  process.exit(1);
}
const { start } = await import('./start.ts');
await start();

export {};
