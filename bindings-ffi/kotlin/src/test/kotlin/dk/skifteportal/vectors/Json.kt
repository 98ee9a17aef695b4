package dk.skifteportal.vectors

import com.fasterxml.jackson.core.StreamReadConstraints
import com.fasterxml.jackson.databind.DeserializationFeature
import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.json.JsonMapper
import java.util.Base64

internal val MAPPER: JsonMapper = JsonMapper.builder()
    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
    .build()
    .apply { factory.setStreamReadConstraints(StreamReadConstraints.builder().maxStringLength(100_000_000).build()) }

/** JSON of maps, lists, texts, numbers, nodes. */
internal fun json(value: Any?): JsonNode = MAPPER.valueToTree(value)

internal fun parsed(text: String): JsonNode = MAPPER.readTree(text)

/** Whether two are the same JSON; the order of members and the width of numbers are nothing. */
internal fun same(one: JsonNode, other: JsonNode): Boolean = when {
    one.isObject && other.isObject ->
        one.size() == other.size() &&
            one.fieldNames().asSequence().all { other.has(it) && same(one.get(it), other.get(it)) }
    one.isArray && other.isArray ->
        one.size() == other.size() && one.indices().all { same(one.get(it), other.get(it)) }
    one.isNumber && other.isNumber -> one.decimalValue().compareTo(other.decimalValue()) == 0
    else -> one == other
}

private fun JsonNode.indices() = 0 until size()

/** The members of an input. Each must be asked for: one that is not known is a mistake in the file. */
internal class Members(private val node: JsonNode) {
    private val asked = mutableSetOf<String>()

    init {
        require(node.isObject) { "no object" }
    }

    fun optional(name: String): JsonNode? {
        asked += name
        return node.get(name)?.takeUnless { it.isNull }
    }

    fun get(name: String): JsonNode = requireNotNull(optional(name)) { "$name is missing" }

    fun text(name: String): String = get(name).also { require(it.isTextual) { "$name is no text" } }.textValue()

    fun optionalText(name: String): String? = optional(name)?.textValue()

    fun long(name: String): Long = get(name).also { require(it.canConvertToLong()) { "$name is no number" } }.longValue()

    fun int(name: String): Int = Math.toIntExact(long(name))

    fun flag(name: String): Boolean = optional(name)?.booleanValue() ?: false

    fun bytes(name: String): ByteArray = bytesOf(get(name))

    fun members(name: String): Members = Members(get(name))

    fun texts(name: String): List<String> = optional(name)?.map { it.textValue() } ?: emptyList()

    fun names(): Set<String> = node.fieldNames().asSequence().toSet()

    /** That nothing was passed over. */
    fun <T> end(answer: T): T {
        val left = node.fieldNames().asSequence().toSet() - asked
        require(left.isEmpty()) { "nobody knows the members $left" }
        return answer
    }
}

internal fun bytesOf(node: JsonNode): ByteArray =
    if (node.isTextual) {
        node.textValue().toByteArray()
    } else {
        Members(node).run { end(Base64.getDecoder().decode(text("base64"))) }
    }

/** Bytes as the vectors write them. */
internal fun shown(bytes: ByteArray): Any {
    val text = bytes.toString(Charsets.UTF_8)
    return if (text.toByteArray().contentEquals(bytes)) text else mapOf("base64" to Base64.getEncoder().encodeToString(bytes))
}
