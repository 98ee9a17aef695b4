package dk.skifteportal.model

import java.time.Instant

/**
 * A moment, as the portal writes it (RFC 3339). The text is kept, so that what was read is sent again
 * unchanged; two timestamps are equal where their texts are.
 */
class Timestamp internal constructor(
    /** As the portal writes it. */
    val text: String,
) {
    /** The moment, to the nanosecond. */
    fun toInstant(): Instant = Instant.parse(text)

    override fun equals(other: Any?): Boolean = other is Timestamp && other.text == text

    override fun hashCode(): Int = text.hashCode()

    override fun toString(): String = text

    companion object {
        /** Of a text such as `2026-12-01T12:00:00Z`; any other is refused. */
        @JvmStatic
        fun of(text: String): Timestamp = Readers.TIMES.read(text)

        /** Of a moment, in UTC. */
        @JvmStatic
        fun of(instant: Instant): Timestamp = Timestamp(instant.toString())

        /** The clock of this machine. */
        @JvmStatic
        fun now(): Timestamp = of(Instant.now())
    }
}
