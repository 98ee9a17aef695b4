package dk.skifteportal

import dk.skifteportal.model.SessionSettings
import dk.skifteportal.model.SessionStats
import java.security.SecureRandom
import java.security.cert.X509Certificate
import java.time.Clock
import java.util.concurrent.Executor
import java.util.concurrent.ForkJoinPool

/**
 * Calls the portal for any number of reporters, from any number of threads. Make one for the whole program:
 * tokens, rate limits and connections are shared in it.
 */
class SkifteportalClient private constructor(builder: Builder) : AutoCloseable {
    private val authorities = builder.authorities
    private val transports = builder.transports

    internal val pump = Pump(
        Session(builder.environment, builder.settings, ByteArray(32).also(SecureRandom()::nextBytes)),
        transports.transport(Tls.of(null, authorities)),
        builder.clock,
        builder.executor,
    )

    /** Adds a reporter by variant A: a Client ID and its secret, over the reporter's certificate. */
    fun addReporter(clientId: String, clientSecret: String, identity: ClientIdentity): Caller =
        secret(clientId, clientSecret, identity).use { addReporter(it, identity, null) }

    /**
     * Adds a reporter by variant B: its key signs assertions, over the certificate of the API user, whose
     * CVR number stands for the client. `issuer` names the reporter's system, by a URL. Signing is left to
     * the JDK, so that neither key need be extractable.
     */
    fun addReporter(issuer: String, identity: ClientIdentity, apiUser: ClientIdentity): Caller =
        assertion(issuer, identity, apiUser).use { addReporter(it, apiUser, identity.signer) }

    /**
     * Adds a reporter by credentials of any kind: with what its connections for tokens present, and who
     * signs for it where the credentials hold no key.
     */
    fun addReporter(credentials: Credentials, identity: ClientIdentity, signer: Signer?): Caller =
        Caller(this, pump.add(credentials, line(identity, signer)), null)

    /**
     * Gives a reporter the credentials of variant A in place of those that it has: a renewed certificate, a
     * new secret. Calls that are under way go on with a token of the new ones, and `caller`, with those
     * that act for a likvidator through it, stays what it is.
     */
    fun replaceCredentials(caller: Caller, clientId: String, clientSecret: String, identity: ClientIdentity) =
        secret(clientId, clientSecret, identity).use { replaceCredentials(caller, it, identity, null) }

    /** Gives a reporter the credentials of variant B in place of those that it has. */
    fun replaceCredentials(caller: Caller, issuer: String, identity: ClientIdentity, apiUser: ClientIdentity) =
        assertion(issuer, identity, apiUser).use { replaceCredentials(caller, it, apiUser, identity.signer) }

    /** Gives a reporter credentials of any kind in place of those that it has. */
    fun replaceCredentials(caller: Caller, credentials: Credentials, identity: ClientIdentity, signer: Signer?) =
        pump.replace(own(caller), credentials, line(identity, signer))

    /**
     * Removes a reporter. Its calls that wait end as failed and not processed; a request that is out is not
     * made again. Callers of it are of no more use.
     */
    fun removeReporter(caller: Caller) = pump.remove(own(caller))

    /** The session's figures. */
    fun stats(): SessionStats = pump.session.stats()

    /** Gives up all calls that are under way. */
    override fun close() = pump.close()

    /** A caller's reporter. Each client counts its own from the same number. */
    private fun own(caller: Caller): Long {
        require(caller.client === this) { "the caller is of another client" }
        return caller.reporter
    }

    private fun line(identity: ClientIdentity, signer: Signer?): Line =
        Line(transports.transport(Tls.of(identity, authorities)), signer)

    private fun secret(clientId: String, clientSecret: String, identity: ClientIdentity): Credentials =
        Credentials.clientSecret(clientId, clientSecret, identity.thumbprint)

    private fun assertion(issuer: String, identity: ClientIdentity, apiUser: ClientIdentity): Credentials {
        val subject = apiUser.certificate.use { it.cvr() }
        requireNotNull(subject) { "the API user's certificate has no CVR number" }
        val settings = Defaults().use { it.assertion(issuer, subject) }
        return identity.certificates.use { Credentials.detached(settings, it, apiUser.thumbprint) }
    }

    /** What a client is made of. */
    class Builder internal constructor(internal val environment: PortalEnvironment) {
        internal var authorities: List<X509Certificate>? = null
        internal var transports: TransportFactory = JavaTransport.factory()
        internal var settings: SessionSettings = Defaults().use { it.session() }
        internal var clock: Clock = Clock.systemUTC()
        internal var executor: Executor = ForkJoinPool.commonPool()

        /** The authorities of the servers' certificates, in place of those of the JDK. */
        fun authorities(authorities: List<X509Certificate>) = apply { this.authorities = authorities }

        /** What sends, in place of the JDK's HTTP client. */
        fun transports(factory: TransportFactory) = apply { transports = factory }

        /** The settings of the session. */
        fun settings(settings: SessionSettings) = apply { this.settings = settings }

        /** The clock. */
        fun clock(clock: Clock) = apply { this.clock = clock }

        /** Where signers run, and where calls go on that have waited. */
        fun executor(executor: Executor) = apply { this.executor = executor }

        /** Makes it. */
        fun build(): SkifteportalClient = SkifteportalClient(this)
    }

    companion object {
        /** A client for an environment. */
        @JvmStatic
        fun builder(environment: PortalEnvironment): Builder = Builder(environment)
    }
}
