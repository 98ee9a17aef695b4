export { Caller } from './caller.mjs';
export { fetchTransports } from './fetch.mjs';
export { ClientIdentity } from './identity.mjs';
export { webCryptoSigner } from './signers.mjs';
export { Tls, TransportError } from './transport.mjs';
export { undiciAgent, undiciTransports } from './undici.mjs';
