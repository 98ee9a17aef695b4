package dk.skifteportal

import java.io.IOException
import java.time.Duration
import java.util.concurrent.CompletableFuture
import okhttp3.Call as OkHttpCall
import okhttp3.Callback
import okhttp3.OkHttpClient
import okhttp3.Protocol
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import okhttp3.Response

/**
 * Sends over an OkHttp client (add `com.squareup.okhttp3:okhttp` 4.12 or later yourself). What the client
 * is set to is kept, except that it follows no redirect and sends nothing again by itself: a claim must not
 * be filed twice.
 */
class OkHttpTransport(client: OkHttpClient) : Transport {
    private val client = client.newBuilder()
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .build()

    override fun send(request: HttpRequest, timeout: Duration): CompletableFuture<Answer> {
        val made = TransportFailures.making { translated(request) }
        val call = client.newBuilder().readTimeout(timeout).callTimeout(timeout).build().newCall(made)
        val result = CompletableFuture<Answer>()
        result.whenComplete { _, _ ->
            if (result.isCancelled) {
                call.cancel()
            }
        }
        call.enqueue(object : Callback {
            override fun onFailure(call: OkHttpCall, e: IOException) {
                result.completeExceptionally(e)
            }

            override fun onResponse(call: OkHttpCall, response: Response) {
                try {
                    response.use {
                        val headers = it.headers.map { (name, value) -> HeaderField(name, value) }
                        result.complete(Answer(it.code, headers, it.body?.bytes() ?: ByteArray(0)))
                    }
                } catch (error: IOException) {
                    result.completeExceptionally(error)
                }
            }
        })
        return result
    }

    private fun translated(request: HttpRequest): Request {
        val builder = Request.Builder().url(request.url())
        for (field in request.headers()) {
            builder.addHeader(field.name, field.value)
        }
        val body = request.bodyInOneCopy()
        // OkHttp takes the content type of a body over that of the header, so the body gets none.
        val sent = if (request.methodName() == "POST" || request.methodName() == "PUT") body.toRequestBody() else null
        return builder.method(request.methodName(), sent).build()
    }

    companion object {
        /**
         * Transports over variants of one client, which share its threads and its settings. They speak HTTP/1.1:
         * over HTTP/2, OkHttp now and then loses the TLS alert with which a server refuses a client certificate.
         */
        @JvmStatic
        fun factory(client: OkHttpClient): TransportFactory = TransportFactory { tls ->
            val with = client.newBuilder()
                .sslSocketFactory(tls.context.socketFactory, tls.trustManager)
                .protocols(listOf(Protocol.HTTP_1_1))
            OkHttpTransport(with.build())
        }
    }
}
