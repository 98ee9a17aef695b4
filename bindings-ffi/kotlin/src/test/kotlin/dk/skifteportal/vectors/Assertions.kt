package dk.skifteportal.vectors

import dk.skifteportal.Auth
import dk.skifteportal.Chain
import dk.skifteportal.Defaults
import dk.skifteportal.PrivateKey
import dk.skifteportal.SignedAssertion
import dk.skifteportal.UnsignedAssertion
import dk.skifteportal.model.AssertionSettings
import dk.skifteportal.model.AuthFinding
import dk.skifteportal.model.CertificateRole
import java.util.Base64
import java.util.HexFormat
import org.junit.jupiter.api.Assertions.assertEquals

internal object Assertions {
    fun answer(input: Members): Any = when (input.text("do")) {
        "sign" -> sign(input)
        "receive" -> receive(input)
        "check" -> check(input)
        else -> mapOf("jti" to Auth().jti(HexFormat.of().parseHex(input.text("entropy"))))
    }

    private fun settings(given: Members): AssertionSettings {
        val settings = Defaults().assertion(given.text("issuer"), given.text("subject"))
        given.optional("lifetime_seconds")?.let { settings.lifetimeSeconds = it.longValue() }
        given.optional("include_root")?.let { settings.includeRoot = it.booleanValue() }
        given.optional("include_iat")?.let { settings.includeIat = it.booleanValue() }
        given.optional("include_nbf")?.let { settings.includeNbf = it.booleanValue() }
        return given.end(settings)
    }

    private fun key(pem: String) = PrivateKey.fromPem(pem.toByteArray(), null)

    private fun sign(input: Members): Any {
        val environment = Wire.environment(input)
        val chain = Chain.asGiven(CertificateVectors.all(input.texts("chain")))
        val settings = settings(input.members("settings"))
        val now = Wire.time(input, "now")
        val jti = input.text("jti")
        val key = input.optionalText("test_only_key")
        val signature = input.optionalText("signature")
        val scope = input.text("scope")
        val unsigned = UnsignedAssertion.prepare(settings, environment.audience(), chain, now, jti)
        val signingInput = unsigned.signingInput().toString(Charsets.UTF_8)
        val signed = if (key != null) {
            val other = unsigned.sign(key(key), ByteArray(32) { 9 })
            unsigned.sign(key(key), ByteArray(32) { 1 }).also { assertEquals(other.jwt(), it.jwt()) }
        } else {
            unsigned.withSignature(Base64.getDecoder().decode(signature))
        }
        assertEquals(signingInput, signed.jwt().substringBeforeLast('.'))
        val parts = signingInput.split('.').map { Base64.getUrlDecoder().decode(it).toString(Charsets.UTF_8) }
        return mapOf(
            "header" to parts[0],
            "claims" to parts[1],
            "signing_input" to signingInput,
            "signature" to signed.jwt().substringAfterLast('.'),
            "request" to Wire.shown(Auth().variantBRequest(environment, signed, scope)),
        )
    }

    private fun receive(input: Members): Any {
        val signed = SignedAssertion.fromJwt(input.text("jwt"))
        val claims = signed.claims()
        return mapOf(
            "issuer" to claims.issuer,
            "subject" to claims.subject,
            "audience" to claims.audience,
            "expires_at" to claims.expiresAt,
            "jti" to claims.jti,
            "issued_at" to claims.issuedAt,
            "not_before" to claims.notBefore,
            "chain" to CertificateVectors.thumbprints(signed.chain().certificates()),
        )
    }

    private fun check(input: Members): Any {
        val chain = Chain.asGiven(CertificateVectors.all(input.texts("chain")))
        val now = Wire.time(input, "now")
        val given = input.members("claims")
        val settings = Defaults().assertion("https://test.local", given.text("subject"))
        val claims = UnsignedAssertion.prepare(settings, given.text("audience"), chain, now, "1").claims()
        claims.expiresAt = given.long("expires_at")
        given.end(Unit)
        val check = Defaults().check(now)
        check.roots = CertificateVectors.all(input.texts("roots"))
        check.audience = input.optionalText("audience")
        check.apiUser = input.optionalText("api_user")?.let(CertificateVectors::one)
        check.subjectIsCvr = !input.flag("any_subject")
        check.rootExpected = !input.flag("without_root")
        val found = Auth().checkAssertion(claims, chain, input.optionalText("test_only_key")?.let(::key), check)
        return mapOf("findings" to found.map(::show))
    }

    private fun show(finding: AuthFinding): Any {
        val role = when (finding) {
            is AuthFinding.CertificateExpired -> finding.role
            is AuthFinding.CertificateNotYetValid -> finding.role
            is AuthFinding.NotOrganisation -> finding.role
            else -> null
        }
        return mapOf(
            "code" to Auth().findingCode(finding),
            "role" to when (role) {
                CertificateRole.REPORTER -> "reporter"
                CertificateRole.AUTHORITY -> "authority"
                CertificateRole.API_USER -> "api_user"
                null -> null
            },
            "reason" to Auth().findingReason(finding),
        )
    }
}
