/** Preloaded into a process under test: answers the ipc message `modules` with the URLs of all loaded modules. */
import { registerHooks } from 'node:module';

const urls = [];
registerHooks({
  load(url, context, next) {
    urls.push(url);
    return next(url, context);
  },
});
process.on('message', (message) => {
  if (message?.type === 'modules') process.send({ type: 'modules', urls });
});
