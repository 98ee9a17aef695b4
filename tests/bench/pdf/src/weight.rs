//! What the check weighs as wasm.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::write::GzEncoder;
use flate2::Compression;

use crate::Outcome;

/// The modules as they are measured: small, fast, and the small one without the report's text.
pub(crate) fn markdown(modules: &[String]) -> Outcome<String> {
    let [small, fast, alone] = modules else {
        return Err(crate::USE.into());
    };
    let mut text =
        "### The check as wasm\n\n| module | bytes | gzip | aim |\n| --- | ---: | ---: | --- |\n"
            .to_owned();
    for (name, file, aim) in [
        ("the check alone", alone, "under 150 KiB gzip"),
        (
            "the check, its report as JSON, its explanations",
            small,
            "–",
        ),
        ("the same with `opt-level = 3`", fast, "–"),
    ] {
        let module = std::fs::read(file).map_err(|e| format!("{file}: {e}"))?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&module)?;
        let packed = gzip.finish()?;
        let (bytes, packed) = (kib(module.len()), kib(packed.len()));
        writeln!(text, "| {name} | {bytes} | **{packed}** | {aim} |")?;
    }
    Ok(text)
}

#[allow(clippy::cast_precision_loss)] // Far below 2^52.
fn kib(bytes: usize) -> String {
    format!("{:.1} KiB", bytes as f64 / 1024.0)
}
