package dk.skifteportal.vectors

import dk.skifteportal.Auth
import dk.skifteportal.HeaderField
import dk.skifteportal.Http
import dk.skifteportal.HttpRequest
import dk.skifteportal.HttpResponse
import dk.skifteportal.PortalEnvironment
import dk.skifteportal.Times
import dk.skifteportal.Token
import dk.skifteportal.model.AdgangsprofilId
import dk.skifteportal.model.NamedValue
import dk.skifteportal.model.Timestamp
import dk.skifteportal.model.TokenKind

/** What several areas have in common, and the areas of requests alone. */
internal object Wire {
    fun time(input: Members, name: String): Timestamp = Times().read(input.text(name))

    fun shown(time: Timestamp?): String? = time?.text

    fun shown(request: HttpRequest): Any = mapOf(
        "method" to request.methodName(),
        "url" to request.url(),
        "headers" to request.headers().map { listOf(it.name, it.value) },
        "body" to shown(request.body()),
        "identity" to Http().identityName(request.identity()),
    )

    fun pairs(input: Members, name: String): List<NamedValue> =
        input.optional(name)?.map { NamedValue(it.get(0).textValue(), it.get(1).textValue()) } ?: emptyList()

    fun response(input: Members): HttpResponse = input.members("response").run {
        val headers = pairs(this, "headers").map { HeaderField(it.name, it.value) }
        end(HttpResponse(int("status"), headers, bytes("body")))
    }

    fun environment(input: Members): PortalEnvironment {
        val given = input.optional("environment")?.let(::Members) ?: return PortalEnvironment.test()
        val environment = when (given.text("kind")) {
            "production" -> PortalEnvironment.production()
            "custom" -> PortalEnvironment.custom(given.text("sysauth"), given.text("auth"), given.text("api"))
            else -> {
                val audience = given.optionalText("audience")
                val base = PortalEnvironment.test().let { if (audience == null) it else it.withAudience(audience) }
                val paths = given.optional("paths")?.let(::Members)
                paths?.names().orEmpty().fold(base) { one, key -> one.withPath(key, paths!!.text(key)) }
            }
        }
        return given.end(environment)
    }

    fun kind(name: String): TokenKind = TokenKind.valueOf(name.uppercase())

    fun token(input: Members): Token? = input.optional("token")?.let {
        Members(it).run { end(Token(text("access_token"), kind(text("kind")), null)) }
    }

    fun url(input: Members): Any = mapOf(
        "url" to Http().url(
            input.text("base"),
            input.text("template"),
            pairs(input, "parameters"),
            pairs(input, "query"),
        ),
    )

    fun form(input: Members): Any = when (input.text("do")) {
        "encode" -> mapOf("body" to Http().form(pairs(input, "fields")))
        "variant_a" -> {
            val request = Auth().variantARequest(
                environment(input),
                input.text("client_id"),
                input.text("client_secret"),
                input.text("scope"),
            )
            mapOf("request" to shown(request))
        }
        else -> {
            val environment = environment(input)
            val token = token(input)!!
            val profile = AdgangsprofilId.of(input.text("adgangsprofil"))
            mapOf("request" to shown(Auth().exchangeRequest(environment, token, profile)))
        }
    }
}
