package io.pakaura.benchmarks.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;

/** Sends requests to a server on this machine, on connections that the caller keeps. Event loop. */
final class RequestSender {
    private static final String HOST = "127.0.0.1";

    private final HttpClientAgent client;
    private final int port;

    RequestSender(HttpClientAgent client, int port) {
        this.client = client;
        this.port = port;
    }

    Future<HttpClientConnection> connect() {
        return client.connect(new HttpConnectOptions().setHost(HOST).setPort(port));
    }

    /** The status, once the answer is there to its last byte. */
    Future<Integer> send(HttpClientConnection connection, Request request) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(HOST)
                .setPort(port)
                .setURI(request.path())
                .putHeader(HttpHeaders.AUTHORIZATION, request.authorization());
        Buffer body = request.body();
        if (body == null) {
            return connection.request(options).compose(head -> head.send()).compose(RequestSender::status);
        }
        options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        return connection.request(options).compose(head -> head.send(body)).compose(RequestSender::status);
    }

    private static Future<Integer> status(HttpClientResponse response) {
        return response.end().map(response.statusCode());
    }
}
