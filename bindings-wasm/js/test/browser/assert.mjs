// What the vectors use of node:assert, for browsers.
function assert(holds, text = 'it does not hold') {
  if (!holds) {
    throw new Error(text);
  }
}

assert.equal = (one, other, text) => assert(Object.is(one, other), text ?? `${one} is not ${other}`);
assert.notEqual = (one, other, text) => assert(!Object.is(one, other), text);
assert.deepEqual = (one, other, text) => assert.equal(JSON.stringify(one), JSON.stringify(other), text);

export default assert;
