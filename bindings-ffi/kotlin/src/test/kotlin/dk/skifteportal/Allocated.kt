package dk.skifteportal

import com.sun.jna.Library
import com.sun.jna.Native
import com.sun.jna.Platform
import com.sun.jna.Structure

/**
 * What is allocated outside of Java's heap and not freed, as glibc counts it.
 *
 * Neither the size of the process nor what the system has given it says that: both also hold what was freed.
 */
object Allocated {
    private val libc: LibC? = if (Platform.isLinux()) Native.load("c", LibC::class.java) else null

    /** In bytes; always 0 where there is no such count: other systems, musl, and glibc before 2.33. */
    fun bytes(): Long =
        try {
            libc?.mallinfo2()?.run { uordblks + hblkhd } ?: 0
        } catch (_: UnsatisfiedLinkError) {
            0
        }

    /** <malloc.h> */
    interface LibC : Library {
        /** What malloc has in use. */
        fun mallinfo2(): Mallinfo2
    }

    /** `struct mallinfo2` of <malloc.h>. */
    @Structure.FieldOrder(
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
    )
    class Mallinfo2 : Structure(), Structure.ByValue {
        @JvmField var arena: Long = 0
        @JvmField var ordblks: Long = 0
        @JvmField var smblks: Long = 0
        @JvmField var hblks: Long = 0
        @JvmField var hblkhd: Long = 0
        @JvmField var usmblks: Long = 0
        @JvmField var fsmblks: Long = 0
        @JvmField var uordblks: Long = 0
        @JvmField var fordblks: Long = 0
        @JvmField var keepcost: Long = 0
    }
}
