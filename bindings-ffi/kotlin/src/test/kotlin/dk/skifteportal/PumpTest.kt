package dk.skifteportal

import dk.skifteportal.model.Certainty
import dk.skifteportal.model.DoedsbojournalId
import dk.skifteportal.model.Krav
import dk.skifteportal.model.KravId
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.TransportFailure
import dk.skifteportal.testing.Sandbox
import dk.skifteportal.testing.SandboxExtension
import java.io.IOException
import java.math.BigDecimal
import java.net.ConnectException
import java.net.SocketTimeoutException
import java.net.UnknownHostException
import java.net.http.HttpConnectTimeoutException
import java.net.http.HttpTimeoutException
import java.security.cert.CertificateExpiredException
import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicReference
import javax.net.ssl.SSLException
import javax.net.ssl.SSLHandshakeException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** The pump over transports that answer as a test wants. */
@ExtendWith(SandboxExtension::class)
class PumpTest(private val sandbox: Sandbox) {
    private val bo = DoedsbojournalId.of("9b0f4a57-9b5d-4d8e-8a54-6a3f0ff4f3b1")
    private val krav = Krav(beloeb = BigDecimal("1.00"))

    private fun answering(api: () -> CompletableFuture<Answer>) = TransportFactory {
        Transport { request, _ ->
            if (request.url().contains("/openid-connect/token")) {
                val body = """{"access_token":"a.b.c","expires_in":300,"token_type":"Bearer"}""".toByteArray()
                val headers = listOf(HeaderField("content-type", "application/json"))
                CompletableFuture.completedFuture(Answer(200, headers, body))
            } else {
                api()
            }
        }
    }

    private fun <T> with(api: () -> CompletableFuture<Answer>, use: (Caller) -> T): T =
        sandbox.connect(answering(api)) { it.maxAttempts = 1 }.use { use(sandbox.join(it)) }

    @Test
    fun anAnswerWithoutAPayloadIsNull() = with({ CompletableFuture.completedFuture(Answer(204, emptyList(), ByteArray(0))) }) {
        assertNull(it.doedsbo().updateKrav(bo, KravId.of("a1"), krav))
    }

    @Test
    fun aTransportThatThrowsMayHaveSent() = with({ throw IllegalStateException("no answer came") }) {
        val error = assertThrows(SkifteportalException.Portal::class.java) { it.doedsbo().addKrav(bo, krav) }
        assertEquals("network.broken", error.code)
        assertEquals(Certainty.UNKNOWN, error.certainty)
    }

    @Test
    fun anAnswerThatWasGivenUpForLostLeavesItOpen() {
        val time = AtomicReference(Instant.now())
        val clock = object : Clock() {
            override fun instant(): Instant = time.get()
            override fun getZone(): ZoneId = ZoneOffset.UTC
            override fun withZone(zone: ZoneId): Clock = this
        }
        val filing = CompletableFuture<Answer>()
        val others = Answer(200, listOf(HeaderField("content-type", "application/json")), "[]".toByteArray())
        val answers = ArrayDeque(listOf(filing, CompletableFuture.completedFuture(others)))
        val client = sandbox.client().transports(answering { answers.removeFirst() }).clock(clock).build()
        client.use {
            val caller = sandbox.join(it)
            val filed = caller.doedsbo().addKravAsync(bo, krav)
            // The machine sleeps; then another call asks the session, which gives the exchange up.
            time.set(time.get().plusSeconds(200))
            caller.doedsbo().getAllKrav(bo)
            filing.complete(Answer(201, others.headers, "{}".toByteArray()))
            val ended = assertThrows(CompletionException::class.java, filed::join)
            val error = assertInstanceOf(SkifteportalException.Portal::class.java, ended.cause)
            assertEquals("network.timed_out", error.code)
            assertEquals(Certainty.UNKNOWN, error.certainty)
        }
    }

    @Test
    fun whatWaitsIsNotSentWhenTheClientIsClosed() {
        val sent = AtomicInteger()
        val transports = answering { CompletableFuture<Answer>().also { sent.incrementAndGet() } }
        val settings = Defaults().use { it.session() }.also { it.maxInFlight = 2 }
        // Nothing happens aside, so that whatever a call gives up comes of it at once.
        val client = sandbox.client().transports(transports).settings(settings).executor(Runnable::run).build()
        val caller = sandbox.join(client)
        val filings = List(10) { caller.doedsbo().addKravAsync(bo, krav) }
        client.close()
        filings.forEach { assertThrows(CancellationException::class.java, it::join) }
        assertEquals(2, sent.get())
    }

    @Test
    fun aCallerOfAnotherClientIsRefused() = sandbox.connect().use { one ->
        sandbox.connect().use { other ->
            val caller = sandbox.join(other)
            sandbox.join(one)
            assertThrows(IllegalArgumentException::class.java) { one.removeReporter(caller) }
            other.removeReporter(caller)
        }
    }

    @Test
    fun exceptionsMeanWhatTheySay() {
        val meanings = listOf(
            ConnectException("refused") to TransportFailure.ConnectFailed::class.java,
            UnknownHostException("api") to TransportFailure.ConnectFailed::class.java,
            HttpConnectTimeoutException("late") to TransportFailure.ConnectTimedOut::class.java,
            SocketTimeoutException("Connect timed out") to TransportFailure.ConnectTimedOut::class.java,
            SocketTimeoutException("Read timed out") to TransportFailure.TimedOut::class.java,
            HttpTimeoutException("late") to TransportFailure.TimedOut::class.java,
            SSLException("Received fatal alert: bad_certificate") to TransportFailure.TlsRefused::class.java,
            SSLHandshakeException("Received fatal alert: certificate_required") to
                TransportFailure.TlsRefused::class.java,
            SSLHandshakeException("x").initCause(CertificateExpiredException("y")) to
                TransportFailure.ServerCertificateInvalid::class.java,
            SSLException("Connection reset") to TransportFailure.Broken::class.java,
            IOException("header parser received no bytes") to TransportFailure.Broken::class.java,
        )
        for ((error, meaning) in meanings) {
            assertInstanceOf(meaning, TransportException.failureOf(error))
            assertInstanceOf(meaning, TransportException.failureOf(CompletionException(error)), error.toString())
        }
    }
}
