package dk.skifteportal

import com.sun.jna.Native
import com.sun.jna.Platform
import java.io.File
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/**
 * The native library: out of the jar, or from where the system property `skifteportal.library` says.
 */
internal object NativeLibrary {
    private const val PROPERTY = "skifteportal.library"

    private val found: String by lazy { locate() }

    /** Its absolute path. */
    @JvmStatic
    fun path(): String = found

    private fun locate(): String {
        val given = System.getProperty(PROPERTY)
        if (given != null) {
            val file = File(given)
            if (!file.isFile) {
                throw UnsatisfiedLinkError("there is no file $given, which the system property $PROPERTY names")
            }
            return file.absolutePath
        }
        val resource = "${folder(Platform.RESOURCE_PREFIX, onMusl())}/${System.mapLibraryName("skifteportal_ffi")}"
        if (NativeLibrary::class.java.classLoader.getResource(resource) == null) {
            throw UnsatisfiedLinkError(
                "skifteportal has no native library for this platform: $resource is not in the jar. " +
                    "Name one that you built yourself with the system property $PROPERTY.",
            )
        }
        try {
            return Native.extractFromResourcePath("/$resource", NativeLibrary::class.java.classLoader).absolutePath
        } catch (error: IOException) {
            throw UnsatisfiedLinkError("the native library cannot be written to a temporary file: ${error.message}")
        }
    }

    /** The folder of a platform in the jar. JNA has one for Linux, which is that of glibc. */
    fun folder(prefix: String, musl: Boolean): String =
        if (musl && prefix.startsWith("linux-")) "$prefix-musl" else prefix

    /** Whether this process runs on musl: its loader is among what is mapped. */
    private fun onMusl(): Boolean {
        if (!Platform.isLinux()) {
            return false
        }
        return try {
            Files.lines(Path.of("/proc/self/maps")).use { lines ->
                lines.anyMatch { it.contains("/ld-musl-") || it.contains("/libc.musl-") }
            }
        } catch (_: IOException) {
            false
        }
    }
}
