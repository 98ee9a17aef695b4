//! Reading OCES3 certificates.
