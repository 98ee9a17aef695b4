package dk.skifteportal

import dk.skifteportal.model.AdgangsprofilId
import dk.skifteportal.model.Timestamp
import java.time.Clock
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.Executor
import java.util.concurrent.ScheduledFuture
import java.util.concurrent.ScheduledThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicLong
import java.util.concurrent.locks.ReentrantReadWriteLock
import kotlin.concurrent.read
import kotlin.concurrent.write

/** Where the requests of a reporter go, and who signs for it. */
internal class Line(val transport: Transport, val signer: Signer?)

/** What the session asks for, and over which line: null where no reporter is needed. */
internal class Step(val action: SessionAction, val line: Line?)

/**
 * Does what the session asks for: for each call one [Drive], which goes on whenever something has happened
 * that it waits for. No thread waits.
 */
internal class Pump(
    val session: Session,
    val plain: Transport,
    private val clock: Clock,
    val executor: Executor,
) : AutoCloseable {
    private val lines = HashMap<Long, Line>()

    /** Held while credentials change, so that no request or signature is made by the line of others. */
    private val changing = ReentrantReadWriteLock()

    private val timer = ScheduledThreadPoolExecutor(1) { task ->
        Thread(task, "skifteportal-timer").apply { isDaemon = true }
    }.apply { removeOnCancelPolicy = true }

    private val parked = ConcurrentHashMap.newKeySet<Drive<*>>()
    private val running = ConcurrentHashMap.newKeySet<Drive<*>>()

    @Volatile
    var isClosed = false
        private set

    /** Counts what has happened, so that a drive that is about to park misses nothing. */
    private val events = AtomicLong()

    fun now(): Timestamp = Timestamp.of(clock.instant())

    fun add(credentials: Credentials, line: Line): Long = changing.write {
        session.addReporter(credentials).also { lines[it] = line }
    }

    fun replace(reporter: Long, credentials: Credentials, line: Line) {
        changing.write {
            session.replaceCredentials(reporter, credentials)
            lines[reporter] = line
        }
        changed()
    }

    fun remove(reporter: Long) {
        changing.write {
            session.removeReporter(reporter)
            lines.remove(reporter)
        }
        changed()
    }

    /** What a call is to do now. */
    fun next(id: Long): Step = changing.read {
        val action = session.nextFor(now(), id)
        val reporter = when (action) {
            is SessionAction.Send -> action.reporter
            is SessionAction.Sign -> action.reporter
            else -> null
        }
        Step(action, reporter?.let(lines::get))
    }

    fun <T> call(reporter: Long, profile: AdgangsprofilId?, call: Call<T>): CompletableFuture<T> {
        val id = call.prepared().use { session.submit(now(), reporter, profile, it) }
        return start(id) { action ->
            val done = action as? SessionAction.Done ?: unexpected(action)
            done.outcome.response().use { call.outcome(it, now()) }
        }
    }

    fun token(reporter: Long, profile: AdgangsprofilId?): CompletableFuture<Token> {
        val id = session.submitToken(now(), reporter, profile)
        return start(id) { action ->
            when (action) {
                is SessionAction.TokenReady -> action.token
                // It holds a failure, which this throws.
                is SessionAction.Done -> unexpected(action.outcome.response())
                else -> unexpected(action)
            }
        }
    }

    private fun unexpected(what: Any): Nothing = throw IllegalStateException("the session answered with $what")

    private fun <T> start(id: Long, read: (SessionAction) -> T): CompletableFuture<T> {
        val drive = Drive(this, id, read)
        running.add(drive)
        drive.result.whenComplete { _, _ ->
            running.remove(drive)
            if (drive.result.isCancelled) {
                drive.cancel()
            }
        }
        drive.step()
        return drive.result
    }

    /** What has happened up to now. */
    fun seen(): Long = events.get()

    /** Something has happened: whoever waits asks again. */
    fun changed() {
        events.incrementAndGet()
        for (drive in parked) {
            wake(drive)
        }
    }

    /** Lets a drive wait until a time or a change, unless something has happened since it asked. */
    fun park(drive: Drive<*>, until: Timestamp, seen: Long) {
        parked.add(drive)
        val millis = Duration.between(clock.instant(), until.toInstant()).toMillis().coerceAtLeast(0) + 1
        drive.alarm = timer.schedule({ wake(drive) }, millis, TimeUnit.MILLISECONDS)
        if (events.get() != seen) {
            wake(drive)
        }
    }

    private fun wake(drive: Drive<*>) {
        if (parked.remove(drive)) {
            drive.alarm?.cancel(false)
            executor.execute(drive::step)
        }
    }

    fun forget(drive: Drive<*>) {
        if (parked.remove(drive)) {
            drive.alarm?.cancel(false)
        }
    }

    /** Gives up all calls that are under way. */
    override fun close() {
        // The place of one that is given up is not for the next in line.
        isClosed = true
        running.forEach { it.result.cancel(true) }
        timer.shutdownNow()
        session.close()
    }
}
