// Starts the sandbox portal for tests. It needs Node, and names no test framework.
export { Party } from './party.mjs';
export { Sandbox } from './sandbox.mjs';
