package dk.skifteportal

import dk.skifteportal.model.TransportFailure
import java.io.IOException
import java.net.SocketTimeoutException
import java.util.concurrent.CompletionException
import javax.net.ssl.SSLException
import javax.net.ssl.SSLHandshakeException
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Test

/** What exceptions are taken for that no server brings about at will. */
class TransportFailuresTest {
    private inline fun <reified T : TransportFailure> assertTold(error: Throwable) {
        assertInstanceOf(T::class.java, TransportFailures.of(error))
    }

    @Test
    fun aRefusedCertificateIsToldDuringTheHandshakeAndAfterIt() {
        assertTold<TransportFailure.TlsRefused>(SSLHandshakeException("Received fatal alert: certificate_expired"))
        assertTold<TransportFailure.TlsRefused>(
            CompletionException(IOException("read", SSLException("Received fatal alert: certificate_revoked"))),
        )
    }

    @Test
    fun aConnectionThatEndedBeforeItWasUsedSentNothing() {
        assertTold<TransportFailure.ConnectFailed>(IOException("exhausted all routes"))
        assertTold<TransportFailure.ConnectFailed>(SSLHandshakeException("Remote host terminated the handshake"))
    }

    @Test
    fun aConnectionThatBrokeMayHaveSent() {
        assertTold<TransportFailure.Broken>(IOException("Connection reset"))
        assertTold<TransportFailure.Broken>(SSLException("Received fatal alert: internal_error"))
        assertTold<TransportFailure.TimedOut>(SocketTimeoutException("Read timed out"))
    }
}
