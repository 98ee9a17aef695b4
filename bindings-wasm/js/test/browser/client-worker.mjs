// The page, and the worker that it starts: one file, as bundlers make it.
import { filed } from './client.mjs';

if (globalThis.document) {
  const worker = new Worker(import.meta.url, { type: 'module' });
  worker.onmessage = ({ data }) => {
    globalThis.result = data;
  };
  worker.onerror = ({ message }) => {
    globalThis.result = { failed: message };
  };
} else {
  filed().then(
    (result) => postMessage(result),
    (error) => postMessage({ failed: `${error.stack}` }),
  );
}
