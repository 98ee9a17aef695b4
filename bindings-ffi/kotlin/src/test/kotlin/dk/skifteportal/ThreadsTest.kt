package dk.skifteportal

import dk.skifteportal.model.DoedsbojournalId
import dk.skifteportal.model.Krav
import dk.skifteportal.model.Timestamp
import dk.skifteportal.model.TokenKind
import dk.skifteportal.testing.Sandbox
import dk.skifteportal.testing.SandboxExtension
import java.lang.ref.WeakReference
import java.math.BigDecimal
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
        onThreads { repeat(ROUNDS) { round() } }
        // The virtual machine allocates there too, when it compiles: a leak shows in every repetition, that
        // in the first ones.
        val grown = generateSequence {
            val before = Allocated.bytes()
            onThreads { repeat(ROUNDS) { round() } }
            System.gc()
            Allocated.bytes() - before
        }.take(REPETITIONS).takeUntil { it < LEAKED }
        assertTrue(grown.last() < LEAKED, "grown by $grown bytes, each over ${THREADS * ROUNDS} rounds")
    }

    /** The elements up to and with the first that is one to end at. */
    private fun Sequence<Long>.takeUntil(end: (Long) -> Boolean): List<Long> {
        val taken = mutableListOf<Long>()
        for (element in this) {
            taken += element
            if (end(element)) break
        }
        return taken
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
        const val REPETITIONS = 20
        /** What the smallest allocation of the library's, forgotten once a round, comes to. */
        const val LEAKED = 32L * THREADS * ROUNDS
    }
}
