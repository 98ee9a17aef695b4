//! The catalogue of error codes and the decoding of any error answer.
