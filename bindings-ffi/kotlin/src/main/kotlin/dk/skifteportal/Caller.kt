package dk.skifteportal

import dk.skifteportal.model.AdgangsprofilId
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException

/**
 * Who calls: a reporter, or a likvidator through one. Any number of threads may use it at once. Methods
 * without `Async` wait for the answer; a thread that is interrupted while it waits gives the call up.
 *
 * Every method throws a [dk.skifteportal.model.SkifteportalException], at once or in its future.
 */
class Caller internal constructor(
    internal val client: SkifteportalClient,
    internal val reporter: Long,
    private val profile: AdgangsprofilId?,
) {
    /** Dødsboer. */
    fun doedsbo(): DoedsboClient = DoedsboClient(this)

    /** Tvangsopløsninger. */
    fun tvangsoploesning(): TvangsoploesningClient = TvangsoploesningClient(this)

    /** Documents. */
    fun dokumentlager(): DokumentlagerClient = DokumentlagerClient(this)

    /** Sager. */
    fun sagslager(): SagslagerClient = SagslagerClient(this)

    /** Henvendelser. */
    fun henvendelser(): HenvendelserClient = HenvendelserClient(this)

    /** Operations that the catalogue does not have. */
    fun custom(): CustomClient = CustomClient(this)

    /** The likvidator whose adgangsprofil lists this reporter's certificate. */
    fun actingFor(profile: AdgangsprofilId): Caller = Caller(client, reporter, profile)

    /** Makes a call. The call may be made again, and is the caller's to close. */
    fun <T> send(call: Call<T>): T = await(sendAsync(call))

    /** Makes a call without waiting. Cancelling the future gives the call up. */
    fun <T> sendAsync(call: Call<T>): CompletableFuture<T> =
        attempt { client.pump.call(reporter, profile, call) }

    /** A fresh token, for a program that calls the API in its own way. */
    fun token(): Token = await(tokenAsync())

    /** A fresh token, without waiting. */
    fun tokenAsync(): CompletableFuture<Token> = attempt { client.pump.token(reporter, profile) }

    /** The checks of payloads, by today's date in Denmark. */
    fun checks(): Checks = Checks.at(client.pump.now())

    internal fun <T> sendOnce(call: Call<T>): T = call.use(::send)

    internal fun <T> sendOnceAsync(call: Call<T>): CompletableFuture<T> {
        val result = sendAsync(call)
        result.whenComplete { _, _ -> call.close() }
        return result
    }

    private fun <T> attempt(start: () -> CompletableFuture<T>): CompletableFuture<T> = try {
        start()
    } catch (error: RuntimeException) {
        CompletableFuture.failedFuture(error)
    }

    private fun <T> await(future: CompletableFuture<T>): T {
        try {
            return future.get()
        } catch (error: ExecutionException) {
            throw error.cause ?: error
        } catch (_: InterruptedException) {
            future.cancel(true)
            Thread.currentThread().interrupt()
            throw CancellationException("the thread was interrupted, and the call given up")
        }
    }
}
