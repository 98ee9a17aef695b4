package dk.skifteportal

import com.sun.jna.Pointer
import java.lang.ref.Reference

/** A request's body, read from where the library has it: copied once, where `body()` copies it twice. */
internal fun HttpRequest.bodyInOneCopy(): ByteArray {
    val length = bodyLength().toInt()
    if (length == 0) return ByteArray(0)
    val bytes = Pointer(bodyAddress()).getByteArray(0, length)
    // The library keeps the body for as long as this object is reachable.
    Reference.reachabilityFence(this)
    return bytes
}
