// The client, against the sandbox. SKIFTEPORTAL_SANDBOX names its program, SKIFTEPORTAL_EXAMPLES the folder with
// the PDFs of the examples, SKIFTEPORTAL_NODE_MODULES where undici is.
import { useSandbox } from './client/story.mjs';

useSandbox();

for (const part of ['services', 'failures', 'transports', 'pump', 'aborts', 'credentials', 'secrets', 'whole']) {
  await import(`./client/${part}.mjs`);
}
