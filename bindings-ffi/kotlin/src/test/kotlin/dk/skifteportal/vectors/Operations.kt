package dk.skifteportal.vectors

import dk.skifteportal.Call
import dk.skifteportal.Catalogue
import dk.skifteportal.Checks
import dk.skifteportal.Custom
import dk.skifteportal.Doedsbo
import dk.skifteportal.DoedsbojournalPage
import dk.skifteportal.Dokumentlager
import dk.skifteportal.Henvendelser
import dk.skifteportal.Payloads
import dk.skifteportal.Profile
import dk.skifteportal.SagPage
import dk.skifteportal.Sagslager
import dk.skifteportal.Times
import dk.skifteportal.Tvangsoploesning
import dk.skifteportal.model.CustomBody
import dk.skifteportal.model.CustomCall
import dk.skifteportal.model.DoedsbojournalAendringer
import dk.skifteportal.model.DoedsbojournalId
import dk.skifteportal.model.DownloadedFile
import dk.skifteportal.model.MemberNames
import dk.skifteportal.model.Method
import dk.skifteportal.model.Page
import dk.skifteportal.model.RawAnswer
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.Sort
import java.lang.reflect.InvocationTargetException
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals

/** The areas of calls. A catalogued operation is found as a method by its name, its arguments by type. */
internal object Operations {
    fun answer(input: Members): Any {
        val token = Wire.token(input)
        val environment = Wire.environment(input)
        return try {
            val prepared = make(input.members("call")).prepared()
            val request = prepared.toRequest(environment, token)
            mapOf(
                "request" to Wire.shown(request),
                "token_rule" to Catalogue().tokenRuleName(prepared.spec().token),
                "repeatable" to prepared.repeatable(),
            )
        } catch (error: SkifteportalException) {
            val violations = (error as? SkifteportalException.Call)?.violations.orEmpty()
            mapOf("error" to error.code, "violations" to violations.map { it.code })
        }
    }

    fun outcome(input: Members): Any? {
        val call = make(input.members("call"))
        val response = Wire.response(input)
        val now = Wire.time(input, "now")
        return try {
            show(call.outcome(response, now))
        } catch (error: SkifteportalException.Portal) {
            Failures.show(error)
        }
    }

    private fun show(value: Any?): Any? = when (value) {
        null, Unit -> null
        is DownloadedFile ->
            mapOf("filnavn" to value.filnavn, "content_type" to value.contentType, "bytes" to shown(value.bytes))
        is RawAnswer -> mapOf(
            "status" to value.status,
            "content_type" to value.contentType,
            "filnavn" to value.filnavn,
            "total" to value.total,
            "bytes" to shown(value.bytes),
        )
        is DoedsbojournalPage -> mapOf("items" to encoded(value.items), "total" to value.total)
        is SagPage -> mapOf("items" to encoded(value.items), "total" to value.total)
        else -> mapOf("json" to encoded(value))
    }

    /** The payload in its case of `AnyPayload`, which is named for its type. */
    private fun any(payload: Any): dk.skifteportal.AnyPayload {
        val case = Class.forName("dk.skifteportal.AnyPayload\$${payload.javaClass.simpleName}Payload")
        return case.getConstructor(payload.javaClass).newInstance(payload) as dk.skifteportal.AnyPayload
    }

    private fun encoded(value: Any): String {
        val bytes = if (value is List<*>) {
            Payloads().encodeList(value.map { any(it!!) })
        } else {
            Payloads().encode(any(value))
        }
        return bytes.toString(Charsets.UTF_8)
    }

    private fun make(call: Members): Call<*> = when (call.text("do")) {
        "custom" -> custom(call)
        else -> {
            val key = call.text("operation")
            val today = LocalDate.parse(call.text("today"))
            val checks = call.texts("without").fold(Checks.on(today), Checks::without)
            val arguments = Members(call.optional("arguments") ?: parsed("{}"))
            arguments.end(catalogued(key, arguments, checks)).also { assertEquals(key, it.prepared().operation()) }
        }
    }.let(call::end)

    private fun catalogued(key: String, arguments: Members, checks: Checks): Call<*> {
        val (service, id) = key.split('.', limit = 2)
        val calls: Any = when (service) {
            "doedsbojournal" -> Doedsbo()
            "tvangsoploesning-dirigent-kreditor" -> Tvangsoploesning()
            "sagslager" -> Sagslager()
            "henvendelse" -> Henvendelser()
            "dokumentlager" -> Dokumentlager()
            else -> error("no service $service")
        }
        val bilag = Regex("(add|getAll|get)BilagFor(.+)").matchEntire(id)
        val verb = mapOf("add" to "upload", "getAll" to "list", "get" to "download")
        val name = when {
            bilag != null -> "${verb[bilag.groupValues[1]]}${bilag.groupValues[2]}Bilag"
            service == "henvendelse" -> id.replace("HenvendelseTraad", "Traad")
            else -> id
        }
        val method = calls.javaClass.methods.single { it.name == name && !it.isSynthetic && !it.isBridge }
        val given = method.parameterTypes.map { argument(it, arguments, checks) }
        try {
            return method.invoke(calls, *given.toTypedArray()) as Call<*>
        } catch (error: InvocationTargetException) {
            throw error.targetException
        }
    }

    private fun argument(type: Class<*>, arguments: Members, checks: Checks): Any? = when (type) {
        Checks::class.java -> checks
        Profile::class.java -> null
        String::class.java -> arguments.text("filename")
        ByteArray::class.java -> arguments.bytes("file")
        Page::class.java -> Page(arguments.optional("page")?.intValue(), arguments.optional("size")?.intValue())
        Sort::class.java -> Sort(arguments.optionalText("sort"), arguments.optionalText("direction"))
        DoedsbojournalAendringer::class.java -> {
            val names = arguments.optional("member_names")
            DoedsbojournalAendringer(
                arguments.texts("ids").map(DoedsbojournalId::of),
                Times().read(arguments.text("since")),
                MemberNames(names?.get(0)?.textValue(), names?.get(1)?.textValue()),
            )
        }
        else -> if (type.simpleName.endsWith("Id")) {
            val name = type.simpleName.replaceFirstChar(Char::lowercase)
            type.getMethod("of", String::class.java).invoke(null, arguments.text(name))
        } else {
            val payload = Payloads().decode(type.simpleName, arguments.text("payload").toByteArray())
            payload.javaClass.getMethod("getValue").invoke(payload)
        }
    }

    private fun custom(call: Members): Call<*> {
        val service = Catalogue().services().single { it.key == call.text("service") }
        val body = call.optional("body")?.let(::Members)
        val sent = when (body?.text("kind")) {
            null, "empty" -> CustomBody.Empty
            "json" -> CustomBody.Json(body.bytes("bytes"))
            else -> CustomBody.File(body.text("content_type"), body.optionalText("filename"), body.bytes("bytes"))
        }
        body?.end(Unit)
        return Custom().call(
            CustomCall(
                service.service,
                call.text("operation_id"),
                Method.valueOf(call.text("method")),
                call.text("path"),
                Wire.pairs(call, "parameters"),
                Wire.pairs(call, "query"),
                sent,
            ),
        )
    }
}
