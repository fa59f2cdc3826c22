#!/usr/bin/env node
/**
 * The entry of the `tidelog` command. It checks the Node version before anything is imported that an older Node
 * cannot load, then hands over to `program.ts`.
 */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `tidelog: needs Node 24 or newer, this is ${process.versions.node} (${process.execPath}). ` +
      'Install Node 24, or run it with the Node of the workspace: node_modules/.bin/node.\n',
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv.slice(2));
}
