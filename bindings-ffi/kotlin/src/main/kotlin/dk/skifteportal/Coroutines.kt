package dk.skifteportal

import kotlinx.coroutines.future.await

/**
 * Makes a call from a coroutine (add `kotlinx-coroutines-core` yourself). Cancelling the coroutine gives the
 * call up. The methods `…Async` of the services are awaited in the same way, by `await()`.
 */
@JvmSynthetic
suspend fun <T> Caller.awaitSend(call: Call<T>): T = sendAsync(call).await()

/** A fresh token, from a coroutine. */
@JvmSynthetic
suspend fun Caller.awaitToken(): Token = tokenAsync().await()
