import { filed } from './client.mjs';

try {
  globalThis.result = await filed();
} catch (error) {
  globalThis.result = { failed: `${error.stack}` };
}
