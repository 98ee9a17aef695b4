import {
  AuthError,
  CallError,
  CertificateError,
  InputError,
  JsonError,
  PdfError,
  PortalError,
  SessionError,
  SkifteportalError,
} from './error.mjs';
import { withDeepStack } from './stack.mjs';

const CLASSES = {
  input: InputError,
  json: JsonError,
  certificate: CertificateError,
  auth: AuthError,
  pdf: PdfError,
  call: CallError,
  portal: PortalError,
  session: SessionError,
};

/** The exception for an error of the library's. */
function errorOf(face, text) {
  const Its = CLASSES[face.type] ?? SkifteportalError;
  return withDeepStack(() => new Its(face, text));
}

/**
 * A wasm module. Each part of the package has one, so that a page loads what it needs.
 *
 * @param glue what wasm-bindgen made for it
 */
export function wasmModule(glue) {
  let here = false;
  let arriving;

  const arrived = () => {
    glue.setFailureFactory(errorOf);
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
  };
}
