package dk.skifteportal

import com.sun.jna.Platform
import dk.skifteportal.model.DoedsbojournalId
import dk.skifteportal.model.Krav
import dk.skifteportal.model.Timestamp
import dk.skifteportal.model.TokenKind
import dk.skifteportal.testing.Sandbox
import dk.skifteportal.testing.SandboxExtension
import java.lang.ref.WeakReference
import java.math.BigDecimal
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** Many threads at once, many objects, and what is left of them. */
@ExtendWith(SandboxExtension::class)
class ThreadsTest(private val sandbox: Sandbox) {
    private fun onThreads(work: (Int) -> Unit) {
        val pool = Executors.newFixedThreadPool(THREADS)
        try {
            pool.invokeAll((0 until THREADS).map { Callable { work(it) } }).forEach { it.get() }
        } finally {
            pool.shutdownNow()
        }
    }

    /** The memory of the process in bytes outside of Java's heap, all of which is touched at the start. */
    private fun outsideOfHeap(): Long {
        System.gc()
        val pages = Files.readString(Path.of("/proc/self/statm")).split(' ')[1].toLong()
        return pages * 4096 - Runtime.getRuntime().totalMemory()
    }

    @Test
    fun oneHundredThousandCallsLeaveNothing() {
        val checks = Checks.at(Timestamp.of("2026-12-01T12:00:00Z"))
        val doedsbo = Doedsbo()
        val environment = PortalEnvironment.test()
        val token = Token("not-a-secret", TokenKind.DIRECT, null)
        val journal = DoedsbojournalId.of("9b0f4a57-9b5d-4d8e-8a54-6a3f0ff4f3b1")
        val krav = Krav(beloeb = BigDecimal("12345.60"))
        // Each round is five calls into the library, with three objects made and closed.
        fun round() = doedsbo.addKrav(journal, krav, checks).use { call ->
            call.prepared().use { prepared ->
                prepared.toRequest(environment, token).use { assertEquals("POST", it.methodName()) }
            }
        }
        // The first rounds fill pools and caches.
        onThreads { repeat(ROUNDS) { round() } }
        val before = if (Platform.isLinux()) outsideOfHeap() else 0
        onThreads { repeat(ROUNDS) { round() } }
        if (Platform.isLinux()) {
            val grown = outsideOfHeap() - before
            assertTrue(grown < 50_000_000, "grown by $grown bytes over ${THREADS * ROUNDS} rounds")
        }
    }

    @Test
    fun manyThreadsShareOneClient() = sandbox.connect().use { client ->
        val caller = sandbox.join(client)
        val bo = sandbox.bo(caller)
        onThreads { repeat(25) { caller.doedsbo().getAllKrav(bo) } }
        assertEquals(0, client.stats().inFlight)
        val futures = (0 until 200).map { caller.doedsbo().getAllKravAsync(bo) }
        futures.forEach { it.join() }
    }

    /** Calls that are under way end well; the memory is freed behind the last of them. */
    @Test
    fun anObjectIsClosedWhileOthersUseIt() {
        val checks = Checks.none()
        onThreads { thread ->
            try {
                repeat(500) { round -> if (thread == 0 && round == 250) checks.close() else checks.isUpdate() }
            } catch (_: IllegalStateException) {
                // It was closed before.
            }
        }
        assertThrows(IllegalStateException::class.java) { checks.isUpdate() }
    }

    /** What nobody closes is freed when nobody holds it any more. */
    @Test
    fun whatIsForgottenIsFreed() {
        val forgotten = (0 until 1000).map { WeakReference(Checks.none()) }
        while (forgotten.any { it.get() != null }) {
            System.gc()
            Thread.onSpinWait()
        }
    }

    private companion object {
        const val THREADS = 16
        /** Of each thread: 100,000 calls in all. */
        const val ROUNDS = 100_000 / 5 / THREADS
    }
}
