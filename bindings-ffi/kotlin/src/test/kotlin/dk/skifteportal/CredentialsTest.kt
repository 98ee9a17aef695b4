package dk.skifteportal

import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.TransportFailure
import dk.skifteportal.testing.Sandbox
import dk.skifteportal.testing.SandboxExtension
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.ExecutionException
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** Reporters whose credentials change, or that are removed, while their calls are under way. */
@ExtendWith(SandboxExtension::class)
class CredentialsTest(private val sandbox: Sandbox) {
    /** Holds up the first request of the first reporter, and counts those of each line. */
    private class Held : TransportFactory {
        private val factory = JavaTransport.factory()
        val out = CompletableFuture<Unit>()
        val answer = CompletableFuture<Answer>()
        val requests = CopyOnWriteArrayList<AtomicInteger>()

        override fun transport(tls: Tls): Transport {
            val inner = factory.transport(tls)
            val sent = AtomicInteger().also(requests::add)
            // The first line of a client is that for requests without a reporter.
            val held = requests.size == 2
            return Transport { request, timeout ->
                if (sent.incrementAndGet() == 1 && held) {
                    answer.also { out.complete(Unit) }
                } else {
                    inner.send(request, timeout)
                }
            }
        }
    }

    /** Another company's certificate stands for a renewed one. */
    private fun renew(client: SkifteportalClient, caller: Caller) {
        val party = sandbox.reporter()
        client.replaceCredentials(caller, party.clientId(), party.clientSecret(), sandbox.otherReporter().identity())
    }

    private fun failureOf(future: CompletableFuture<*>): Throwable =
        requireNotNull(assertThrows(ExecutionException::class.java) { future.get() }.cause)

    @Test
    fun callsThatWaitGoOnWithARenewedCertificate() {
        val held = Held()
        sandbox.connect(held).use { client ->
            val caller = sandbox.join(client)
            val fetching = caller.tokenAsync()
            held.out.join()
            val waiting = caller.tokenAsync()
            renew(client, caller)
            val token = waiting.get().use { it.accessToken() }
            held.answer.completeExceptionally(TransportException(TransportFailure.Broken("cut"), null))
            assertEquals(token, fetching.get().use { it.accessToken() })
            assertEquals(listOf(0, 1, 1), held.requests.map { it.get() })
        }
    }

    @Test
    fun callsOfARemovedReporterEnd() {
        val held = Held()
        sandbox.connect(held).use { client ->
            val caller = sandbox.join(client)
            val fetching = caller.tokenAsync()
            held.out.join()
            val waiting = caller.tokenAsync()
            client.removeReporter(caller)
            held.answer.completeExceptionally(TransportException(TransportFailure.Broken("cut"), null))
            for (future in listOf(waiting, fetching)) {
                val error = failureOf(future) as SkifteportalException.Session
                assertEquals("session.reporter_removed", error.code)
            }
            assertEquals(0, client.stats().inFlight)
            assertThrows(SkifteportalException.Session::class.java) { renew(client, caller) }
            assertThrows(SkifteportalException.Session::class.java) { client.removeReporter(caller) }
        }
    }

    /** No request goes out over the connections of other credentials, whenever these change. */
    @Test
    fun credentialsAndConnectionsChangeTogether() {
        val lines = AtomicInteger()
        val strays = ConcurrentLinkedQueue<String>()
        val factory = TransportFactory {
            val secret = "secret-${lines.getAndIncrement()}."
            Transport { request, _ ->
                val body = String(request.body())
                if (secret !in body) strays.add("$secret: $body")
                val token = """{"access_token":"a.b.c","expires_in":300,"token_type":"Bearer"}"""
                val headers = listOf(HeaderField("content-type", "application/json"))
                CompletableFuture.completedFuture(Answer(200, headers, token.toByteArray()))
            }
        }
        val identities = listOf(sandbox.reporter().identity(), sandbox.otherReporter().identity())
        sandbox.connect(factory).use { client ->
            val caller = client.addReporter("client", "secret-1.", identities[0])
            val over = AtomicBoolean()
            val failures = ConcurrentLinkedQueue<Throwable>()
            val threads = List(4) {
                thread {
                    while (!over.get()) runCatching { caller.token().close() }.onFailure(failures::add)
                }
            }
            for (line in 2..200) {
                client.replaceCredentials(caller, "client", "secret-$line.", identities[line % 2])
            }
            over.set(true)
            threads.forEach { it.join() }
            assertEquals(emptyList<Throwable>(), failures.toList())
            assertEquals(emptyList<String>(), strays.toList())
        }
    }
}
