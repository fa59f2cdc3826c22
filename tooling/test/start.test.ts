import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const START = join(import.meta.dirname, '../start.js');

test.each([
  [['--port', '17650'], 'TIDELOG_PORT=17650 npm start'],
  [
    ['--no-kafka', '--data-dir=/data', '--log-level', 'info'],
    'TIDELOG_KAFKA=false TIDELOG_DATA_DIR=/data TIDELOG_LOG_LEVEL=info npm start',
  ],
  [['--auto-create-topics', '--port', '1'], 'TIDELOG_AUTO_CREATE_TOPICS=true TIDELOG_PORT=1 npm start'],
  [['17650'], 'TIDELOG_PORT=17650 npm start'],
])('npm start does not leave options out in silence: %j', (args, instead) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [START, ...args], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^npm start: takes no options, here [^\n]+\n$/);
  expect(stderr).toContain(`; settings are variables: ${instead} (`);
});
