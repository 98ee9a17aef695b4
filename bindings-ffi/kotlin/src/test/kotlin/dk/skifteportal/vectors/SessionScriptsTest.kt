package dk.skifteportal.vectors

import com.fasterxml.jackson.databind.JsonNode
import dk.skifteportal.Certificate
import dk.skifteportal.Chain
import dk.skifteportal.Checks
import dk.skifteportal.Credentials
import dk.skifteportal.Custom
import dk.skifteportal.Defaults
import dk.skifteportal.Doedsbo
import dk.skifteportal.Errors
import dk.skifteportal.HeaderField
import dk.skifteportal.Http
import dk.skifteportal.HttpRequest
import dk.skifteportal.PortalEnvironment
import dk.skifteportal.PreparedCall
import dk.skifteportal.PrivateKey
import dk.skifteportal.Session
import dk.skifteportal.SessionAction
import dk.skifteportal.Times
import dk.skifteportal.Workspace
import dk.skifteportal.model.AdgangsprofilId
import dk.skifteportal.model.CertificateThumbprint
import dk.skifteportal.model.CustomBody
import dk.skifteportal.model.CustomCall
import dk.skifteportal.model.DoedsbojournalQuery
import dk.skifteportal.model.Method
import dk.skifteportal.model.Page
import dk.skifteportal.model.RateBudget
import dk.skifteportal.model.Service
import dk.skifteportal.model.SessionSettings
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.Timestamp
import dk.skifteportal.Auth
import java.nio.file.Files
import java.util.Base64
import java.util.stream.Stream
import kotlin.io.path.extension
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.streams.asSequence
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/** Runs every script of the session; the README beside them describes the format. */
class SessionScriptsTest {
    @TestFactory
    fun scripts(): Stream<DynamicTest> {
        val files = Files.list(FOLDER).use { list ->
            list.asSequence().filter { it.extension == "json" }.sorted().toList()
        }
        assertTrue(files.isNotEmpty())
        return files.stream().map { file -> dynamicTest(file.name) { Script(parsed(file.readText())).run() } }
    }

    private companion object {
        val FOLDER = Workspace.path("tests/vectors/session")
        const val START = 1_700_000_000_000L

        fun chain(): Chain = Chain.asGiven(
            listOf("leaf.pem", "root.pem").map { Certificate.fromPem(FOLDER.resolve("keys/$it").readBytes()) },
        )

        fun key(): PrivateKey = PrivateKey.fromPem(FOLDER.resolve("keys/leaf.key").readBytes(), null)

        fun JsonNode.text(name: String): String = requireNotNull(get(name)?.textValue()) { "no text $name in $this" }

        fun JsonNode.optionalText(name: String): String? = get(name)?.textValue()

        fun credentials(value: JsonNode): Credentials {
            fun certificate(name: String) = CertificateThumbprint.of(value.text(name).repeat(32))
            return when (value.text("variant")) {
                "a" ->
                    Credentials.clientSecret(value.text("client_id"), value.text("client_secret"), certificate("certificate"))
                else -> {
                    val settings = Defaults().assertion(value.text("issuer"), value.text("subject"))
                    settings.includeIat = true
                    if (value.get("detached")?.booleanValue() == true) {
                        Credentials.detached(settings, chain(), certificate("api_user"))
                    } else {
                        Credentials.privateKey(settings, chain(), key(), certificate("api_user"))
                    }
                }
            }
        }

        fun settings(given: JsonNode?): SessionSettings {
            val settings = Defaults().session()
            for ((name, value) in given?.properties().orEmpty()) {
                when (name) {
                    "refresh_margin_seconds" -> settings.refreshMarginSeconds = value.intValue()
                    "max_attempts" -> settings.maxAttempts = value.intValue()
                    "retry_deadline_seconds" -> settings.retryDeadlineSeconds = value.intValue()
                    "max_wait_seconds" -> settings.maxWaitSeconds = value.intValue()
                    "refusal_cool_down_seconds" -> settings.refusalCoolDownSeconds = value.intValue()
                    "resend_refused_filings" -> settings.resendRefusedFilings = value.booleanValue()
                    "rate_budget" ->
                        settings.rateBudget = RateBudget(value.get("calls").intValue(), value.get("per_seconds").intValue())
                    "max_reporters" -> settings.maxReporters = value.intValue()
                    "max_calls" -> settings.maxCalls = value.intValue()
                    "max_in_flight" -> settings.maxInFlight = value.intValue()
                    "max_in_flight_per_token" -> settings.maxInFlightPerToken = value.intValue()
                    "max_response_bytes" -> settings.maxResponseBytes = value.longValue()
                    "timeout_seconds" -> settings.timeoutSeconds = value.intValue()
                    "lost_after_seconds" -> settings.lostAfterSeconds = value.intValue()
                    else -> error("setting $name")
                }
            }
            return settings
        }

        fun call(kind: String): PreparedCall {
            val (service, method) = when (kind) {
                "search" -> return Doedsbo().searchBo(DoedsbojournalQuery(), Page(), Checks.none(), null).prepared()
                "get" -> Service.DOEDSBOJOURNAL to Method.GET
                "file" -> Service.DOEDSBOJOURNAL to Method.POST
                "put" -> Service.DOEDSBOJOURNAL to Method.PUT
                "delete" -> Service.DOEDSBOJOURNAL to Method.DELETE
                "get for likvidator" -> Service.TVANGSOPLOESNING_LIKVIDATOR to Method.GET
                "get for either" -> Service.TVANGSOPLOESNING_DIRIGENT to Method.GET
                "get without token" -> Service.RETSKREDS to Method.GET
                else -> error("call $kind")
            }
            val files = method == Method.POST || method == Method.PUT
            val body = if (files) CustomBody.Json("{}".toByteArray()) else CustomBody.Empty
            val call = CustomCall(service, "scripted", method, "/scripted", emptyList(), emptyList(), body)
            return Custom().call(call).prepared()
        }

        /** The fields of a form. */
        fun form(request: HttpRequest): Map<String, String> =
            request.body().toString(Charsets.UTF_8).split('&')
                .mapNotNull { pair -> pair.split('=', limit = 2).takeIf { it.size == 2 } }
                .associate { (name, value) -> name to value }

        fun claims(jwt: String): JsonNode =
            parsed(Base64.getUrlDecoder().decode(jwt.split('.')[1]).toString(Charsets.UTF_8))
    }

    private class Script(private val script: JsonNode) {
        private val session = Session(
            PortalEnvironment.custom("https://sts.test", "https://exchange.test", "https://api.test"),
            settings(script.get("settings")),
            ByteArray(32) { 7 },
        )
        private val reporters = sortedMapOf<String, Long>()
        private val calls = mutableMapOf<String, Long>()
        private val exchanges = mutableMapOf<String, Long>()
        private val signatures = mutableMapOf<String, Long>()
        private val jtis = mutableSetOf<String>()
        private var now = START
        private var waited = START

        fun run() {
            for (name in script.get("reporters").fieldNames().asSequence().sorted()) {
                reporters[name] = session.addReporter(credentials(script.get("reporters").get(name)))
            }
            script.get("steps").forEachIndexed { at, step ->
                val code = try {
                    step(step)
                    null
                } catch (error: SkifteportalException) {
                    error.code
                }
                assertEquals(step.optionalText("error"), code, "step $at: $step")
                for (secret in listOf("geheim", "direct-", "delegated-")) {
                    assertFalse(session.toString().contains(secret))
                }
            }
        }

        private fun step(step: JsonNode) {
            val at = step.get("at")
            if (at != null) {
                now = if (at.isTextual) waited else START + Math.round(at.doubleValue() * 1000)
            }
            val time = Times().fromUnixMilliseconds(now)
            val profile = step.optionalText("adgangsprofil")?.let(AdgangsprofilId::of)
            fun reporter() = reporters.getValue(step.text("reporter"))
            fun exchange() = exchanges.getValue(step.text("exchange"))
            fun signature() = signatures.getValue(step.text("signature"))
            when (step.text("do")) {
                "submit" ->
                    calls[step.text("call")] = session.submit(time, reporter(), profile, call(step.text("kind")))
                "submit_token" -> calls[step.text("call")] = session.submitToken(time, reporter(), profile)
                "invalidate_tokens" -> session.invalidateTokens(reporter())
                "next" -> expect(session.next(time), step.get("expect"))
                "next_for" -> expect(session.nextFor(time, calls.getValue(step.text("call"))), step.get("expect"))
                "receive" -> receive(time, exchange(), step)
                "failed" -> session.failed(time, exchange(), Failures.failure(step.text("failure"), "scripted"))
                "sign_failed" -> session.signFailed(time, signature(), "no card")
                "signed" -> session.signed(time, signature(), ByteArray(256))
                "cancel" -> {
                    val certainty = session.cancel(calls.getValue(step.text("call")))
                    assertEquals(step.text("certainty"), session.certaintyName(certainty))
                }
                "remove_reporter" -> session.removeReporter(reporter())
                "replace_credentials" -> session.replaceCredentials(reporter(), credentials(step.get("credentials")))
                "clock_offset" -> assertEquals(step.get("milliseconds").longValue(), session.clockOffsetMillis())
                else -> error("do ${step.text("do")}")
            }
        }

        private fun receive(time: Timestamp, exchange: Long, step: JsonNode) {
            val headers = step.get("headers")?.properties().orEmpty()
                .mapTo(mutableListOf()) { (name, value) -> HeaderField(name, value.textValue()) }
            val given = step.get("body")
            val body = when {
                given == null || given.isNull -> ByteArray(0)
                given.isTextual -> given.textValue().toByteArray()
                else -> {
                    headers += HeaderField("Content-Type", "application/json")
                    given.toString().toByteArray()
                }
            }
            session.receive(time, exchange, step.get("status").intValue(), headers, body)
        }

        private fun nameOf(names: Map<String, Long>, id: Long?): String? =
            names.entries.firstOrNull { it.value == id }?.key

        private fun expect(action: SessionAction, expected: JsonNode) {
            val seen = seen(action, expected)
            for ((name, value) in expected.properties()) {
                assertTrue(name in seen && same(value, json(seen[name])), "$name is not $value; all that was seen: $seen")
            }
        }

        private fun seen(action: SessionAction, expected: JsonNode): Map<String, Any?> = when (action) {
            is SessionAction.Send -> sent(action, expected)
            is SessionAction.Sign -> {
                expected.optionalText("as")?.let { signatures[it] = action.signature }
                mapOf(
                    "action" to "sign",
                    "as" to expected.optionalText("as"),
                    "reporter" to nameOf(reporters, action.reporter),
                    "algorithm" to session.algorithmName(action.algorithm),
                )
            }
            is SessionAction.Wait -> {
                val until = until(action.until)
                expected.get("between")?.let { range ->
                    assertTrue(until in range.get(0).longValue()..range.get(1).longValue(), "waits until $until ms")
                }
                mapOf("action" to "wait", "until" to until, "between" to expected.get("between"))
            }
            is SessionAction.Parked -> mapOf("action" to "parked", "until" to until(action.until))
            is SessionAction.Done -> done(action)
            is SessionAction.TokenReady -> mapOf(
                "action" to "token",
                "call" to nameOf(calls, action.call),
                "kind" to Auth().tokenKindName(action.token.kind()),
                "access_token" to action.token.accessToken(),
            )
            is SessionAction.Idle -> mapOf("action" to "idle")
        }

        private fun until(time: Timestamp): Long {
            val millis = Times().unixMilliseconds(time)
            assertTrue(millis >= now, "a wait that is over")
            waited = millis
            return millis - START
        }

        private fun sent(action: SessionAction.Send, expected: JsonNode): Map<String, Any?> {
            expected.optionalText("as")?.let { exchanges[it] = action.exchange }
            val form = form(action.request)
            val issuedAt = form["client_assertion"]?.let { jwt ->
                val claims = claims(jwt)
                assertTrue(jtis.add(claims.get("jti").textValue()), "a jti was used again")
                claims.get("iat").longValue() - START / 1000
            }
            return mapOf(
                "action" to "send",
                "as" to expected.optionalText("as"),
                "method" to action.request.methodName(),
                "url" to action.request.url(),
                "authorization" to action.request.header("authorization"),
                "call" to nameOf(calls, action.call),
                "reporter" to nameOf(reporters, action.reporter),
                "identity" to Http().identityName(action.request.identity()),
                "actor_token" to form["actor_token"],
                "client_secret" to form["client_secret"],
                "assertion_issued_at" to issuedAt,
            )
        }

        private fun done(action: SessionAction.Done): Map<String, Any?> {
            val told = mapOf("action" to "done", "call" to nameOf(calls, action.call))
            val failure = action.outcome.failure() ?: return told + ("status" to action.outcome.response().status())
            val errors = Errors()
            return told + mapOf(
                "code" to failure.code(),
                "certainty" to session.certaintyName(failure.certainty()),
                "retry" to errors.retryName(failure.retry()),
                "attempts" to failure.attempts(),
                "may_be_own_effect" to failure.mayBeOwnEffect(),
                "kind" to failure.refusal()?.let { errors.kindName(it.kind) },
                "status" to failure.response()?.status(),
            )
        }
    }
}
