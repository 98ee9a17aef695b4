package dk.skifteportal

import dk.skifteportal.model.TransportFailure
import java.io.IOException
import java.io.InterruptedIOException
import java.net.ConnectException
import java.net.NoRouteToHostException
import java.net.SocketTimeoutException
import java.net.UnknownHostException
import java.net.http.HttpConnectTimeoutException
import java.net.http.HttpTimeoutException
import java.nio.channels.UnresolvedAddressException
import java.security.cert.CertPathValidatorException
import java.security.cert.CertificateException
import java.util.concurrent.CancellationException
import java.util.concurrent.TimeoutException
import javax.net.ssl.SSLException
import javax.net.ssl.SSLHandshakeException
import javax.net.ssl.SSLPeerUnverifiedException

/**
 * What the exceptions of the JDK and OkHttp mean. The question behind it is whether the request may have
 * arrived; where nothing says that it did not, it may have.
 */
internal object TransportFailures {
    /** TLS alerts with which a server refuses a client certificate, or the lack of one. */
    private val REFUSALS = listOf(
        "bad_certificate", "certificate_required", "unknown_ca", "certificate_expired",
        "certificate_revoked", "certificate_unknown", "unsupported_certificate", "access_denied",
        "handshake_failure",
    )

    /** What OkHttp says of a connection that ended before anything was sent on it. */
    private const val UNUSED = "exhausted all routes"

    fun of(error: Throwable): TransportFailure {
        val causes = generateSequence(error) { it.cause }.take(20).toList()
        causes.firstNotNullOfOrNull { (it as? TransportException)?.failure }?.let { return it }
        // The outermost exceptions only wrap; but a certificate's trouble is the cause of a handshake's.
        val certificate = causes.firstOrNull {
            it is CertificateException || it is CertPathValidatorException || it is SSLPeerUnverifiedException
        }
        if (certificate != null) {
            return TransportFailure.ServerCertificateInvalid(words(certificate))
        }
        return causes.firstNotNullOfOrNull(::known) ?: TransportFailure.Broken(words(causes.last()))
    }

    /** Makes a request; one that cannot be made was not sent. */
    inline fun <T> making(make: () -> T): T = try {
        make()
    } catch (error: IllegalArgumentException) {
        throw TransportException(TransportFailure.NotSent(words(error)), error)
    }

    private fun known(error: Throwable): TransportFailure? = when (error) {
        is HttpConnectTimeoutException -> TransportFailure.ConnectTimedOut
        is HttpTimeoutException, is TimeoutException -> TransportFailure.TimedOut
        is ConnectException, is UnknownHostException, is UnresolvedAddressException, is NoRouteToHostException ->
            TransportFailure.ConnectFailed(words(error))
        is SocketTimeoutException ->
            if (mentions(error, "connect")) TransportFailure.ConnectTimedOut else TransportFailure.TimedOut
        is InterruptedIOException -> TransportFailure.TimedOut
        is SSLException -> tls(error)
        is CancellationException -> TransportFailure.Cancelled
        is IOException -> if (mentions(error, UNUSED)) TransportFailure.ConnectFailed(words(error)) else null
        else -> null
    }

    private fun tls(error: SSLException): TransportFailure? = when {
        REFUSALS.any { mentions(error, it) } -> TransportFailure.TlsRefused(words(error))
        // Without an alert, a handshake that failed sent nothing, but does not say over what.
        error is SSLHandshakeException -> TransportFailure.ConnectFailed(words(error))
        else -> null
    }

    private fun mentions(error: Throwable, word: String): Boolean =
        error.message?.contains(word, ignoreCase = true) ?: false

    fun words(error: Throwable): String =
        listOfNotNull(error.javaClass.simpleName, error.message).joinToString(": ")
}
