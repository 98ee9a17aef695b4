package dk.skifteportal.vectors

import dk.skifteportal.Payloads
import dk.skifteportal.model.SkifteportalException
import org.junit.jupiter.api.Assertions.assertNotNull

internal object PayloadVectors {
    private val payloads = Payloads()

    fun answer(input: Members): Any {
        val type = input.text("type")
        val json = input.bytes("json")
        val changes = input.optional("changes")?.toList().orEmpty()
        return try {
            val encoded = if (type.startsWith("[")) {
                payloads.encodeList(payloads.decodeList(type.trim('[', ']'), json))
            } else {
                var payload = payloads.decode(type, json)
                for (change in changes.map(::Members)) {
                    val member = change.text("member")
                    when (change.text("do")) {
                        "set" -> payload = payloads.withMember(payload, member, change.optionalText("json"))
                        "set_extra" -> {
                            val extra = payloads.withExtraMember(payloads.extraOf(payload), member, change.text("json"))
                            payload = payloads.withExtra(payload, extra)
                        }
                        else -> {
                            val extra = payloads.extraOf(payload)
                            assertNotNull(payloads.extraMember(extra, member))
                            payload = payloads.withExtra(payload, payloads.withoutExtraMember(extra, member))
                        }
                    }
                    change.end(Unit)
                }
                payloads.encode(payload)
            }
            mapOf("json" to encoded.toString(Charsets.UTF_8))
        } catch (error: SkifteportalException.Json) {
            mapOf("error" to error.code, "pointer" to error.pointer, "line" to error.line, "column" to error.column)
        }
    }
}
