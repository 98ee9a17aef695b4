package dk.skifteportal

import dk.skifteportal.testing.Sandbox
import dk.skifteportal.testing.SandboxExtension
import java.time.Duration
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** Calls that nobody waits for any more. */
@ExtendWith(SandboxExtension::class)
class CancellationTest(private val sandbox: Sandbox) {
    /** Tells when a request has been handed to the client, and holds nothing up. */
    private class Watched(private val inner: Transport, val sent: CountDownLatch) : Transport {
        override fun send(request: HttpRequest, timeout: Duration): CompletableFuture<Answer> =
            inner.send(request, timeout).also { if (request.method().name == "GET") sent.countDown() }
    }

    private fun watched(sent: CountDownLatch): TransportFactory {
        val factory = JavaTransport.factory()
        return TransportFactory { tls -> Watched(factory.transport(tls), sent) }
    }

    private val slow = """{"host":"api","match":{"method":"GET"},"fault":{"kind":"latency","ms":60000}}"""

    @Test
    fun aCancelledFutureLeavesNothingBehind() {
        val sent = CountDownLatch(1)
        sandbox.connect(watched(sent)).use { client ->
            val caller = sandbox.join(client)
            val bo = sandbox.bo(caller)
            sandbox.fault(slow)
            val future = caller.doedsbo().getAllKravAsync(bo)
            sent.await()
            assertTrue(future.cancel(true))
            assertThrows(CancellationException::class.java) { future.join() }
            assertEquals(0, client.stats().inFlight)
            // The request may have been given up before it met its fault.
            sandbox.reset()
            caller.doedsbo().getAllKrav(bo)
        }
    }

    @Test
    fun anInterruptedThreadGivesItsCallUp() {
        val sent = CountDownLatch(1)
        sandbox.connect(watched(sent)).use { client ->
            val caller = sandbox.join(client)
            val bo = sandbox.bo(caller)
            sandbox.fault(slow)
            var thrown: Throwable? = null
            val thread = Thread {
                thrown = assertThrows(CancellationException::class.java) { caller.doedsbo().getAllKrav(bo) }
            }
            thread.start()
            sent.await()
            thread.interrupt()
            thread.join()
            assertTrue(thrown is CancellationException)
            assertEquals(0, client.stats().inFlight)
        }
    }

    @Test
    fun aCancelledCoroutineGivesItsCallUp() = runBlocking {
        val sent = CountDownLatch(2)
        sandbox.connect(watched(sent)).use { client ->
            val caller = sandbox.join(client)
            val bo = sandbox.bo(caller)
            Doedsbo().getAllKrav(bo).use { call ->
                caller.awaitSend(call)
                sandbox.fault(slow)
                val job = launch(Dispatchers.IO) { caller.awaitSend(call) }
                sent.await()
                job.cancelAndJoin()
                assertEquals(0, client.stats().inFlight)
            }
            caller.awaitToken().use { assertFalse(it.accessToken().isEmpty()) }
        }
    }

    @Test
    fun aClosedClientEndsItsCalls() {
        val sent = CountDownLatch(1)
        val client = sandbox.connect(watched(sent))
        val caller = sandbox.join(client)
        val bo = sandbox.bo(caller)
        sandbox.fault(slow)
        val future = caller.doedsbo().getAllKravAsync(bo)
        sent.await()
        client.close()
        assertThrows(CancellationException::class.java) { future.join() }
    }
}
