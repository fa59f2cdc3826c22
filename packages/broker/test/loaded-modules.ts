/** A program for the start test: starts a broker and prints, as JSON, every module that was loaded for it. */
import { registerHooks } from 'node:module';

const urls: string[] = [];
registerHooks({
  load(url, context, nextLoad) {
    urls.push(url);
    return nextLoad(url, context);
  },
});
const { startBroker } = await import('../src/index.ts');
const broker = await startBroker();
await broker.close();
process.stdout.write(JSON.stringify(urls));
