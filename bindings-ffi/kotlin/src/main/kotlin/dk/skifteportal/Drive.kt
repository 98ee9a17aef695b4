package dk.skifteportal

import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.TransportFailure
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ScheduledFuture

/** One call on its way. Its steps follow each other; only [cancel] may come from aside. */
internal class Drive<T>(private val pump: Pump, private val id: Long, private val read: (SessionAction) -> T) {
    val result = CompletableFuture<T>()

    @Volatile
    var alarm: ScheduledFuture<*>? = null

    private val lock = Any()
    private var givenUp = false
    private var exchange: Long? = null
    private var answer: CompletableFuture<Answer>? = null

    /** Asks the session what to do, and does it. */
    fun step() = orFail {
        if (result.isDone) return
        if (pump.isClosed) {
            result.cancel(false)
            return
        }
        val seen = pump.seen()
        val step = pump.next(id)
        when (val action = step.action) {
            is SessionAction.Send -> send(action, step.line?.transport ?: pump.plain)
            is SessionAction.Sign -> pump.executor.execute { orFail { sign(action, step.line?.signer) } }
            is SessionAction.Wait -> pump.park(this, action.until, seen)
            is SessionAction.Parked -> pump.park(this, action.until, seen)
            is SessionAction.Done -> action.outcome.use { result.complete(read(action)) }
            // The token goes to the caller, who closes it.
            is SessionAction.TokenReady -> result.complete(read(action))
            is SessionAction.Idle -> throw IllegalStateException("the session knows nothing of the call")
        }
    }

    private inline fun orFail(block: () -> Unit) {
        try {
            block()
        } catch (error: Exception) {
            result.completeExceptionally(error)
        }
    }

    private fun send(action: SessionAction.Send, transport: Transport) {
        val wanted = synchronized(lock) {
            if (!givenUp) exchange = action.exchange
            !givenUp
        }
        if (!wanted) {
            action.request.close()
            pump.session.failed(pump.now(), action.exchange, TransportFailure.NotSent("the call was given up"))
            pump.changed()
            return
        }
        val sent = try {
            val timeout = Duration.ofSeconds(action.timeoutSeconds.toLong())
            transport.send(action.request, timeout)
        } catch (error: Exception) {
            // A transport that waits for its answer throws here too, so this says nothing of what was sent.
            CompletableFuture.failedFuture(error)
        }
        sent.whenComplete { value, error ->
            action.request.close()
            orFail { if (isOut(action.exchange)) handIn(action.exchange, value, error) }
        }
        val late = synchronized(lock) {
            answer = sent
            givenUp
        }
        if (late) sent.cancel(true)
    }

    /** Whether an exchange is still to be reported, which is done once. */
    private fun isOut(id: Long): Boolean = synchronized(lock) {
        val out = exchange == id
        if (out) exchange = null
        out
    }

    private fun handIn(exchange: Long, value: Answer?, error: Throwable?) {
        unlessLost {
            if (value != null) {
                pump.session.receive(pump.now(), exchange, value.status, value.headers, value.body)
            } else {
                val failure = error?.let(TransportFailures::of) ?: TransportFailure.Broken("no answer and no reason")
                pump.session.failed(pump.now(), exchange, failure)
            }
        }
        pump.changed()
        step()
    }

    /**
     * Reports what came of an exchange or a signature, unless the session has given it up for lost: the machine
     * slept, or its clock was set. The call then has its outcome, which says that the portal may have acted.
     */
    private inline fun unlessLost(report: () -> Unit) {
        try {
            report()
        } catch (error: SkifteportalException) {
            if (error.code !in LOST) throw error
        }
    }

    /** Others may wait for the token, so a signature is handed in even where the call was given up. */
    private fun sign(action: SessionAction.Sign, signer: Signer?) {
        unlessLost {
            val bytes = try {
                signer?.sign(action.signingInput)
                    ?: throw IllegalStateException("the reporter was added without a signer")
            } catch (error: Exception) {
                // The words of a key's keeper are for people; the session redacts and cuts them.
                pump.session.signFailed(pump.now(), action.signature, error.toString())
                null
            }
            if (bytes != null) pump.session.signed(pump.now(), action.signature, bytes)
        }
        pump.changed()
        step()
    }

    /** Nobody waits for the call any more. Others may wait for the token that it was fetching. */
    fun cancel() {
        val (out, sent) = synchronized(lock) {
            givenUp = true
            val out = exchange
            exchange = null
            Pair(out, answer)
        }
        pump.forget(this)
        try {
            if (out != null) pump.session.failed(pump.now(), out, TransportFailure.Cancelled)
            pump.session.cancel(id)
        } catch (_: RuntimeException) {
            // A call that has just ended is not known any more, which is as well.
        }
        sent?.cancel(true)
        pump.changed()
    }

    private companion object {
        val LOST = setOf("session.unknown_exchange", "session.unknown_signature")
    }
}
