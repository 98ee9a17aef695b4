package dk.skifteportal

import dk.skifteportal.model.Timestamp

/**
 * An operation of the portal that is ready to be sent, and that knows how to read its answer.
 */
interface Call<T> : AutoCloseable {
    /** The part that is sent. */
    fun prepared(): PreparedCall

    /** Reads an answer of 2xx. */
    fun outcome(response: HttpResponse, now: Timestamp): T
}
