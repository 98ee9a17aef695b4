package dk.skifteportal.vectors

import dk.skifteportal.Errors
import dk.skifteportal.model.FoundBy
import dk.skifteportal.model.FoundCode
import dk.skifteportal.model.PortalRefusal
import dk.skifteportal.model.Retry
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.TransportFailure
import org.junit.jupiter.api.Assertions.assertEquals

internal object Failures {
    fun failure(name: String, reason: String): TransportFailure = when (name) {
        "not_sent" -> TransportFailure.NotSent(reason)
        "connect_failed" -> TransportFailure.ConnectFailed(reason)
        "tls_refused" -> TransportFailure.TlsRefused(reason)
        "timed_out" -> TransportFailure.TimedOut
        "broken" -> TransportFailure.Broken(reason)
        "classify" -> Errors().classify(reason)
        else -> error("failure $name")
    }

    /** Each is seen as a refusal and as the exception, which must tell the same. */
    fun answer(input: Members): Any {
        val errors = Errors()
        return when (input.text("do")) {
            "decode" -> {
                val response = Wire.response(input)
                val now = Wire.time(input, "now")
                if (response.isSuccess()) {
                    show(errors.decode(response, now))
                } else {
                    thrown { errors.ensureSuccess(response, now) }
                }
            }
            else -> {
                val failure = failure(input.text("failure"), input.optionalText("reason").orEmpty())
                thrown { errors.failTransport(failure) }
            }
        }
    }

    private fun thrown(fail: () -> Unit): Any = try {
        fail()
        error("nothing was thrown")
    } catch (error: SkifteportalException.Portal) {
        show(error)
    }

    fun show(error: SkifteportalException.Portal): Map<String, Any?> = show(error.refusal).also {
        assertEquals(error.code, error.refusal.code)
    }

    private fun show(refusal: PortalRefusal): Map<String, Any?> {
        val errors = Errors()
        return mapOf(
            "code" to refusal.code,
            "kind" to errors.kindName(refusal.kind),
            "status" to refusal.status,
            "codes" to refusal.codes.map(::code),
            "oauth" to refusal.oauth?.let { mapOf("error" to it.error, "description" to it.description) },
            "token_refusal" to refusal.tokenRefusal?.let(errors::tokenRefusalCode),
            "fault" to errors.faultName(refusal.fault),
            "retry" to errors.retryName(refusal.retry),
            "retry_at" to Wire.shown((refusal.retry as? Retry.Later)?.at),
            "may_have_been_processed" to refusal.mayHaveBeenProcessed,
            "server_time" to Wire.shown(refusal.serverTime),
            "clock_offset_seconds" to refusal.clockOffsetSeconds,
            "reference" to refusal.reference,
            "danish" to refusal.danish,
            "english" to refusal.english,
        )
    }

    private fun code(found: FoundCode): Any = mapOf(
        "code" to found.code,
        "known" to (found.template != null),
        "arguments" to found.arguments,
        "text" to found.text,
        "pointer" to found.pointer,
        "found_by" to if (found.foundBy == FoundBy.CODE) "code" else "text",
    )
}
