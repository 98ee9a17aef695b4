package dk.skifteportal.vectors

import dk.skifteportal.Amounts
import dk.skifteportal.Dates
import dk.skifteportal.Filenames
import dk.skifteportal.Ids
import dk.skifteportal.Times
import dk.skifteportal.model.Fritekst
import dk.skifteportal.model.SkifteportalException

internal object Scalars {
    private val refused = mapOf("refused" to true)

    private fun orRefused(read: () -> Map<String, Any?>): Any = try {
        read()
    } catch (_: SkifteportalException.Input) {
        refused
    } catch (_: SkifteportalException.Json) {
        refused
    }

    fun amount(input: Members): Any = orRefused {
        val amount = when (input.text("do")) {
            "json" -> Amounts().fromJson(input.text("json"))
            "text" -> Amounts().read(input.text("text"))
            else -> Amounts().fromOere(input.long("oere"))
        }
        mapOf("json" to Amounts().text(amount))
    }

    fun date(input: Members): Any = orRefused {
        val date = when (input.text("do")) {
            "read" -> Dates().read(input.text("text"))
            else -> Dates().inDenmark(Wire.time(input, "now"))
        }
        mapOf("text" to Dates().text(date))
    }

    fun time(input: Members): Any = orRefused {
        val times = Times()
        val time = when (input.text("do")) {
            "read" -> times.read(input.text("text"))
            "http_date" -> times.fromHttpDate(input.text("text"))
            "unix_milliseconds" -> times.fromUnixMilliseconds(input.long("milliseconds"))
            else -> times.plusSeconds(Wire.time(input, "text"), input.long("seconds"))
        }
        mapOf(
            "text" to time.text,
            "unix_seconds" to times.unixSeconds(time),
            "nanoseconds" to times.nanoseconds(time),
        )
    }

    fun id(input: Members): Any = orRefused {
        val text = input.text("text")
        val read = when (input.text("do")) {
            "id" -> Ids().read(text)
            "cpr" -> Ids().readCpr(text).expose()
            else -> Ids().readCvr(text).value
        }
        mapOf("text" to read)
    }

    fun text(input: Members): Any {
        val text = Fritekst.of(input.text("text"))
        return mapOf("html" to text.html(), "attribute" to text.attribute(), "javascript" to text.javascript())
    }

    fun disposition(input: Members): Any = when (input.text("do")) {
        "encode" -> mapOf("header" to Filenames().encode(input.text("filename")))
        else -> mapOf("filename" to Filenames().decode(input.text("header")))
    }
}
