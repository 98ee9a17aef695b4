@file:JvmName("PdfMemory")

package dk.skifteportal

import com.sun.jna.Native
import com.sun.jna.Pointer
import dk.skifteportal.model.Report
import java.io.IOException
import java.lang.ref.Reference
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Path
import java.nio.file.StandardOpenOption

/**
 * Checks the bytes between a buffer's position and its limit. Of a direct buffer nothing is copied: a byte
 * array is, because Java has no way of showing one to a library. Nobody may write to the buffer meanwhile.
 */
fun Pdf.check(file: ByteBuffer, profile: Profile): Report {
    val length = file.remaining()
    if (!file.isDirect || length == 0) {
        return check(ByteArray(length).also { file.duplicate().get(it) }, profile)
    }
    val address = Pointer.nativeValue(Native.getDirectBufferPointer(file.slice()))
    return try {
        checkAt(address, length.toLong(), profile)
    } finally {
        // The memory goes with the buffer.
        Reference.reachabilityFence(file)
    }
}

/** Checks a file of up to 2 GiB on the disk, of which no more is read than the check looks at. */
@Throws(IOException::class)
fun Pdf.check(file: Path, profile: Profile): Report =
    FileChannel.open(file, StandardOpenOption.READ).use { channel ->
        check(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), profile)
    }
