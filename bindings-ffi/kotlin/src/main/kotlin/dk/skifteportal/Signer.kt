package dk.skifteportal

import java.security.PrivateKey
import java.security.Provider
import java.security.Signature

/** Signs with a key that it does not give away: one in an HSM, in a token, with a key service. */
fun interface Signer {
    /**
     * Signs the bytes, which are not a hash, by `SHA256withRSA` (PKCS#1 v1.5). It may take its time: it is
     * called on the client's executor.
     */
    @Throws(Exception::class)
    fun sign(input: ByteArray): ByteArray

    companion object {
        /**
         * Signs with a key of the JDK's, whose bytes need not be extractable. Without a provider the JDK
         * chooses the one that can use the key.
         */
        @JvmStatic
        @JvmOverloads
        fun of(key: PrivateKey, provider: Provider? = null): Signer = Signer { input ->
            val algorithm = "SHA256withRSA"
            val signature =
                if (provider == null) Signature.getInstance(algorithm) else Signature.getInstance(algorithm, provider)
            signature.initSign(key)
            signature.update(input)
            signature.sign()
        }
    }
}
