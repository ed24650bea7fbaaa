/**
 * The first script, small enough to run while the rest is on its way. The first time that a page writes a figure in a
 * language costs a phone a sixth of a second, whichever language and figure: that is spent while there is nothing else
 * to do.
 */
const app = import('./app.tsx');
new Intl.NumberFormat('nl-NL').format(0);

const root = document.getElementById('root');
if (root) void app.then(({ start }) => start(root));
