import { SkifteportalError } from './error.mjs';

/**
 * A wasm module. Each part of the package has one, so that a page loads what it needs.
 *
 * @param glue what wasm-bindgen made for it
 */
export function wasmModule(glue) {
  let here = false;
  let arriving;

  const arrived = () => {
    glue.setFailureFactory((face, text) => new SkifteportalError(face, text));
    here = true;
  };

  return {
    /** Makes it ready at once, of its bytes. */
    ready(read) {
      if (!here) {
        glue.initSync({ module: read() });
        arrived();
      }
    },

    /** Makes it ready when it has arrived; asking again costs nothing. */
    arrive(from) {
      arriving ??= glue.default({ module_or_path: from }).then(arrived, (error) => {
        arriving = undefined;
        throw error;
      });
      return arriving;
    },

    /** Fails where it has not arrived. */
    needed(init) {
      if (!here) {
        throw new Error(`the wasm module is not here yet: await ${init}() first`);
      }
    },
  };
}
