package dk.skifteportal

import com.sun.jna.Memory
import com.sun.jna.Structure

/**
 * Gives back the memory in which a call's structures crossed, as soon as the call is over.
 *
 * Left to JNA it is given back by one thread, behind the garbage collector: where many threads call, that
 * thread falls behind, and what waits for it fills the heap.
 */
internal object NativeMemory {
    /** The buffers that this thread has made as arguments of the calls it is in, those of the innermost last. */
    private val arguments = ThreadLocal.withInitial { ArrayList<Structure>() }

    /** To be asked before a call's arguments are made. */
    @JvmStatic
    fun mark(): Int = arguments.get().size

    /** Keeps a buffer that is an argument of the call. */
    @JvmStatic
    fun argument(buffer: Structure) {
        arguments.get() += buffer
    }

    /** Gives back what was kept since the mark. */
    @JvmStatic
    fun release(mark: Int) {
        val kept = arguments.get()
        for (index in kept.size - 1 downTo mark) release(kept.removeAt(index))
    }

    /** Gives back one that holds no more than what was read out of it. */
    @JvmStatic
    fun release(structure: Structure) {
        (structure.pointer as? Memory)?.close()
    }
}
