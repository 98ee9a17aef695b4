package dk.skifteportal.vectors

import dk.skifteportal.Auth
import dk.skifteportal.Errors
import dk.skifteportal.model.SkifteportalException

internal object Tokens {
    fun token(input: Members): Any {
        val response = Wire.response(input)
        val kind = Wire.kind(input.text("kind"))
        return try {
            val token = Auth().readToken(response, kind, Wire.time(input, "now"))
            mapOf(
                "access_token" to token.accessToken(),
                "kind" to Auth().tokenKindName(token.kind()),
                "expires_at" to Wire.shown(token.expiresAt()),
                "scope" to token.scope(),
                "refresh_expires_in" to token.refreshExpiresIn(),
                "not_before_policy" to token.notBeforePolicy(),
            )
        } catch (error: SkifteportalException.Portal) {
            mapOf(
                "error" to error.code,
                "kind" to Errors().kindName(error.refusal.kind),
                "token_refusal" to error.refusal.tokenRefusal?.let(Errors()::tokenRefusalCode),
            )
        }
    }

    fun claims(input: Members): Any = Auth().accessTokenClaims(input.text("token")).run {
        mapOf(
            "issuer" to issuer,
            "subject" to subject,
            "audience" to audience,
            "expires_at" to Wire.shown(expiresAt),
            "issued_at" to Wire.shown(issuedAt),
            "not_before" to Wire.shown(notBefore),
            "authorized_party" to authorizedParty,
            "client_id" to clientId,
            "scope" to scope,
            "token_type" to tokenType,
            "certificate_thumbprint" to certificateThumbprint,
            "other_claims" to otherClaims,
        )
    }
}
