//! PEM (RFC 7468): text blocks around DER.

use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::Engine as _;
use zeroize::Zeroizing;

use super::CertificateError;

/// One block: its label (`CERTIFICATE`), its bytes, and whether it has headers of the traditional
/// form (`Proc-Type: 4,ENCRYPTED`), which encrypt it in a way of their own.
pub(super) struct PemBlock {
    pub(super) label: String,
    pub(super) bytes: Zeroizing<Vec<u8>>,
    pub(super) encrypted_headers: bool,
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// All blocks in the order of the file. Text between them is skipped (openssl and Windows write
/// names there).
pub(super) fn blocks(input: &[u8]) -> Result<Vec<PemBlock>, CertificateError> {
    let malformed = || CertificateError::malformed("PEM block");
    let mut found = Vec::new();
    let mut lines = input
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .map(<[u8]>::trim_ascii);
    while let Some(line) = lines.next() {
        // A byte order mark may stand in front of the first line.
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let Some(label) = boundary(line, b"-----BEGIN ") else {
            continue;
        };
        let mut body: Vec<&[u8]> = Vec::new();
        let mut encrypted_headers = false;
        let mut closed = false;
        for line in lines.by_ref() {
            if let Some(end) = boundary(line, b"-----END ") {
                closed = end == label;
                break;
            }
            if line.contains(&b':') {
                encrypted_headers |=
                    line.starts_with(b"Proc-Type:") && line.ends_with(b"ENCRYPTED");
            } else if line.starts_with(b"-----") {
                break;
            } else {
                body.push(line);
            }
        }
        if !closed {
            return Err(malformed());
        }
        // Room for all at once: a text that grows leaves unwiped pieces of a key behind.
        let length = body.iter().map(|line| line.len()).sum();
        let mut base64 = Zeroizing::new(Vec::with_capacity(length));
        base64.extend(
            body.into_iter()
                .flatten()
                .filter(|byte| !byte.is_ascii_whitespace()),
        );
        let bytes = LENIENT.decode(base64.as_slice()).map_err(|_| malformed())?;
        found.push(PemBlock {
            label: String::from_utf8_lossy(label).into_owned(),
            bytes: Zeroizing::new(bytes),
            encrypted_headers,
        });
    }
    if found.is_empty() {
        return Err(CertificateError::NotPem);
    }
    Ok(found)
}

fn boundary<'a>(line: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    line.strip_prefix(start)?.strip_suffix(b"-----")
}
