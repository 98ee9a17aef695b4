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

/**
 * Checks a file of up to 2 GiB on the disk. It is read into memory outside of Java's heap, and copied no more.
 * It is not mapped: a mapped file that another program makes shorter meanwhile ends the whole process.
 */
@Throws(IOException::class)
fun Pdf.check(file: Path, profile: Profile): Report =
    FileChannel.open(file, StandardOpenOption.READ).use { channel ->
        val size = channel.size()
        if (size > Int.MAX_VALUE) throw IOException("a file of $size bytes is more than Java reads at once")
        val bytes = ByteBuffer.allocateDirect(size.toInt())
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // A read may bring a part.
        }
        check(bytes.flip(), profile)
    }
