import { everything } from './work.mjs';

everything().then(
  (result) => postMessage(result),
  (error) => postMessage({ failed: `${error.stack}` }),
);
