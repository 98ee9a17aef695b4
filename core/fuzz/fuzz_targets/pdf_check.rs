#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(target) = skifteportal_fuzz_targets::target("pdf_check") {
        target.run(bytes);
    }
});
