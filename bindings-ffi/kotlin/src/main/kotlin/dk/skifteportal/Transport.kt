package dk.skifteportal

import dk.skifteportal.model.TransportFailure
import java.time.Duration
import java.util.concurrent.CompletableFuture

/** An answer as it was received: after the transport's own decoding, and before any other. */
class Answer(
    /** The status. */
    val status: Int,
    /** The headers in their order. */
    val headers: List<HeaderField>,
    /** The body. */
    val body: ByteArray,
)

/**
 * Sends requests over connections that present one client certificate, or none.
 *
 * It sends each request once, follows no redirect and adds no header beyond those of the connection.
 */
fun interface Transport {
    /**
     * Sends a request. The future fails, or this method does, with a [TransportException], or with an exception
     * that [TransportException.failureOf] can read. Cancelling it gives the request up.
     */
    fun send(request: HttpRequest, timeout: Duration): CompletableFuture<Answer>
}

/** Makes the transport for connections that present a certificate, or none. */
fun interface TransportFactory {
    /** A transport with this TLS. */
    fun transport(tls: Tls): Transport
}

/** A request got no answer. */
class TransportException(
    /** Why, and with it whether the portal may have received the request. */
    val failure: TransportFailure,
    cause: Throwable? = null,
) : RuntimeException("a request got no answer", cause) {
    companion object {
        /** What the exception of an HTTP or TLS library means. What is not known counts as broken off. */
        @JvmStatic
        fun failureOf(error: Throwable): TransportFailure = TransportFailures.of(error)
    }
}
