package dk.skifteportal

import dk.skifteportal.model.CertificateThumbprint
import java.io.ByteArrayInputStream
import java.net.Socket
import java.security.KeyFactory
import java.security.Principal
import java.security.PrivateKey
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import java.security.spec.PKCS8EncodedKeySpec
import java.util.Base64
import javax.net.ssl.SSLEngine
import javax.net.ssl.X509ExtendedKeyManager

/**
 * A certificate with its chain and private key: what a connection presents, and what signs assertions. The
 * key's bytes need not be extractable.
 */
class ClientIdentity private constructor(
    /** The certificates, the holder's first. */
    val chain: List<X509Certificate>,
    private val key: PrivateKey,
) {
    /** The holder's certificate. */
    val certificate: Certificate
        get() = Certificate.fromDer(chain.first().encoded)

    /** The holder's certificate and those that issued it, as the library reads them. */
    val certificates: Chain
        get() = Chain.fromDers(chain.map { it.encoded })

    /** What names the certificate in credentials. */
    val thumbprint: CertificateThumbprint
        get() = certificate.use { it.thumbprint() }

    /** Signs with the key. */
    val signer: Signer
        get() = Signer.of(key)

    /** Presents this certificate, whatever authorities a server names. */
    internal fun keyManager(): X509ExtendedKeyManager = OneKey(chain.toTypedArray(), key)

    override fun toString(): String = "ClientIdentity(${chain.first().subjectX500Principal})"

    private class OneKey(private val chain: Array<X509Certificate>, private val key: PrivateKey) :
        X509ExtendedKeyManager() {
        override fun getClientAliases(keyType: String?, issuers: Array<out Principal>?) = arrayOf(ALIAS)

        override fun chooseClientAlias(types: Array<out String>?, issuers: Array<out Principal>?, socket: Socket?) =
            ALIAS.takeIf { fits(types) }

        override fun chooseEngineClientAlias(
            types: Array<out String>?,
            issuers: Array<out Principal>?,
            engine: SSLEngine?,
        ) = ALIAS.takeIf { fits(types) }

        override fun getServerAliases(keyType: String?, issuers: Array<out Principal>?): Array<String>? = null

        override fun chooseServerAlias(keyType: String?, issuers: Array<out Principal>?, socket: Socket?): String? =
            null

        override fun getCertificateChain(alias: String?) = chain

        override fun getPrivateKey(alias: String?) = key

        /** The JDK asks for one type of key after the other, and takes the first answer. */
        private fun fits(types: Array<out String>?) = types == null || key.algorithm in types
    }

    companion object {
        private const val ALIAS = "skifteportal"

        /** Out of a key store that the library has read; it reads PKCS#12 files that the JDK does not. */
        @JvmStatic
        fun of(store: KeyStore): ClientIdentity {
            val certificates = store.chain().use { chain -> chain.certificates().map { it.use(Certificate::der) } }
            val pem = store.key().use { it.toPkcs8Pem() }
            val base64 = pem.lineSequence().filterNot { it.startsWith("-----") }.joinToString("")
            val der = Base64.getDecoder().decode(base64)
            try {
                val key = KeyFactory.getInstance("RSA").generatePrivate(PKCS8EncodedKeySpec(der))
                return of(key, certificates.map(::x509))
            } finally {
                der.fill(0)
            }
        }

        /** Out of a key store of the JDK's, such as that of a PKCS#11 token. */
        @JvmStatic
        @JvmOverloads
        fun of(store: java.security.KeyStore, alias: String, password: CharArray? = null): ClientIdentity {
            val key = store.getKey(alias, password) as? PrivateKey
            val chain = store.getCertificateChain(alias)
            requireNotNull(key) { "the key store has no private key $alias" }
            requireNotNull(chain) { "the key store has no certificate for $alias" }
            return of(key, chain.map { it as X509Certificate })
        }

        /** Of a key and its certificates, the holder's first. */
        @JvmStatic
        fun of(key: PrivateKey, chain: List<X509Certificate>): ClientIdentity {
            require(chain.isNotEmpty()) { "a chain has at least one certificate" }
            return ClientIdentity(chain.toList(), key)
        }

        private fun x509(der: ByteArray): X509Certificate =
            CertificateFactory.getInstance("X.509").generateCertificate(ByteArrayInputStream(der)) as X509Certificate
    }
}
