//! What the generated code does with native memory: less than uniffi's, and at once.

use anyhow::{bail, Result};

use super::edits::must;

/// The memory of buffers, given back when the call is over. Arguments are those that `alloc` makes.
pub(super) fn buffers(text: &str) -> Result<String> {
    let null = "               throw RuntimeException(\"RustBuffer.alloc() returned null data pointer (size=${size})\")
           }
";
    let kept = format!("{null}            dk.skifteportal.NativeMemory.argument(it)\n");
    let text = must(text, null, &kept)?;
    let Some((before, rest)) = text.split_once("_rustbuffer_free(buf, status)\n        }\n") else {
        bail!("the generated code does not free buffers as it did");
    };
    Ok(format!(
        "{before}_rustbuffer_free(buf, status)\n        }}.also {{ dk.skifteportal.NativeMemory.release(buf) }}\n{rest}"
    ))
}

/// A call that goes well leaves the memory of its status as it found it: all zeros. JNA takes longer to make
/// it, to clear it and to read it than most calls take.
pub(super) fn statuses(text: &str) -> Result<String> {
    let text = must(
        text,
        "    class ByValue: UniffiRustCallStatus(), Structure.ByValue
",
        "    class ByValue: UniffiRustCallStatus(), Structure.ByValue

    /** Whether the call failed; only then is anything read. */
    fun failed(): Boolean {
        if (pointer.getByte(0) == UNIFFI_CALL_SUCCESS) return false
        read()
        return true
    }

    /** After a call that went well. */
    fun keep() {
        kept.add(this)
    }
",
    )?;
    let text = must(
        &text,
        "        fun create(code: Byte, errorBuf: RustBuffer.ByValue): UniffiRustCallStatus.ByValue {
",
        "        /** As many as there were calls at once. */
        private val kept = java.util.concurrent.ConcurrentLinkedQueue<UniffiRustCallStatus>()

        fun take(): UniffiRustCallStatus = kept.poll() ?: UniffiRustCallStatus().also { it.setAutoSynch(false) }

        fun create(code: Byte, errorBuf: RustBuffer.ByValue): UniffiRustCallStatus.ByValue {
",
    )?;
    must(
        &text,
        "    var status = UniffiRustCallStatus()
    val return_value = callback(status)
    uniffiCheckCallStatus(errorHandler, status)
    return return_value
",
        "    val mark = dk.skifteportal.NativeMemory.mark()
    try {
        val status = UniffiRustCallStatus.take()
        val returned = callback(status)
        if (status.failed()) uniffiCheckCallStatus(errorHandler, status)
        status.keep()
        return returned
    } finally {
        dk.skifteportal.NativeMemory.release(mark)
    }
",
    )
}
