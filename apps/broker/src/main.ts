/**
 * The program `tidelog-broker`. This file only checks the version of Node and imports nothing before that: an
 * old Node fails on the other modules with errors that name no reason.
 */
const OLDEST_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `Tidelog needs Node ${OLDEST_NODE} or newer; this is Node ${process.versions.node}. ` +
      'In a clone, `npm start` and node_modules/.bin/node run the right one.',
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./broker-process.ts');
  await main();
}
