package dk.skifteportal

import java.io.ByteArrayInputStream
import java.security.KeyStore as JavaKeyStore
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import javax.net.ssl.KeyManager
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManager
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

/** The TLS of connections: whom they trust, and what certificate they present. */
class Tls private constructor(
    /** For HTTP clients. */
    val context: SSLContext,
    /** What [context] trusts; OkHttp wants to know it. */
    val trustManager: X509TrustManager,
) {
    companion object {
        /** With a certificate to present, or none. Without authorities of its own it trusts those of the JDK. */
        @JvmStatic
        @JvmOverloads
        fun of(identity: ClientIdentity?, authorities: List<X509Certificate>? = null): Tls {
            val trust = trustManager(authorities)
            val context = SSLContext.getInstance("TLS")
            val keys = identity?.let { arrayOf<KeyManager>(it.keyManager()) } ?: emptyArray()
            context.init(keys, arrayOf<TrustManager>(trust), null)
            return Tls(context, trust)
        }

        /** The certificates of a PEM file. */
        @JvmStatic
        fun certificates(pem: ByteArray): List<X509Certificate> =
            CertificateFactory.getInstance("X.509")
                .generateCertificates(ByteArrayInputStream(pem))
                .map { it as X509Certificate }

        private fun trustManager(authorities: List<X509Certificate>?): X509TrustManager {
            val store = authorities?.let { certificates ->
                require(certificates.isNotEmpty()) { "no authority is trusted, so no connection would be made" }
                JavaKeyStore.getInstance("PKCS12").apply {
                    load(null, null)
                    certificates.forEachIndexed { index, one -> setCertificateEntry("authority-$index", one) }
                }
            }
            val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
            factory.init(store)
            return factory.trustManagers.filterIsInstance<X509TrustManager>().first()
        }
    }
}
