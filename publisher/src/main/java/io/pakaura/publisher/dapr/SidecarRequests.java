package io.pakaura.publisher.dapr;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests to the sidecar, with one attempt and a bound on everything. The futures never fail. Any thread. */
final class SidecarRequests {
    private static final Logger log = LoggerFactory.getLogger(SidecarRequests.class);
    private static final String API_TOKEN = "dapr-api-token";
    private static final int POOL_SIZE = 64;
    private static final int MAX_WAITING = 1_024;
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    /** Dapr repeats the failed entries of a bulk in a header, with an error each. */
    private static final int MAX_HEADER_BYTES = 256 * 1024;

    /**
     * A request.
     *
     * @param path encoded, as of {@link #path}
     * @param body {@code null} for none
     */
    record Call(
            HttpMethod method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            @Nullable Buffer body) {}

    private final WebClient client;
    private final @Nullable String apiToken;

    SidecarRequests(Vertx vertx, DaprConfig config) {
        this.apiToken = config.apiToken();
        HttpClient connections = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setDefaultHost(config.host())
                        .setDefaultPort(config.port())
                        .setConnectTimeout((int) config.publishTimeout().toMillis())
                        .setMaxHeaderSize(MAX_HEADER_BYTES))
                .with(new PoolOptions().setHttp1MaxSize(POOL_SIZE).setMaxWaitQueueSize(MAX_WAITING))
                .withConnectHandler(SidecarRequests::onConnect)
                .build();
        this.client = WebClient.wrap(
                        connections,
                        new WebClientOptions().setFollowRedirects(false).setUserAgentEnabled(false))
                .addInterceptor(BoundedBody::intercept);
    }

    /** Else Vert.x logs it at ERROR, besides failing the request, if there is one. */
    private static void onConnect(HttpConnection connection) {
        connection.exceptionHandler(broken -> log.debug("a connection to the sidecar broke", broken));
    }

    /** A path of segments that may hold any characters; dots alone would walk the path. */
    static String path(String... segments) {
        return Stream.of(segments).map(SidecarRequests::encoded).collect(Collectors.joining("/", "/", ""));
    }

    private static String encoded(String segment) {
        return segment.equals(".") || segment.equals("..")
                ? segment.replace(".", "%2E")
                : URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @param deadline for all of it: a free connection of the pool, connecting, and the whole answer */
    Future<Answer> send(Call call, Duration deadline) {
        BoundedBody body = new BoundedBody(MAX_BODY_BYTES);
        // The request's own timeout counts silence, and an answer that comes in drops is never silent.
        return sending(call, deadline, body)
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(body::giveUp)
                .map(SidecarRequests::received)
                .otherwise(failure -> failed(body.cause(failure)));
    }

    void close() {
        client.close();
    }

    private HttpRequest<Buffer> request(Call call, Duration deadline) {
        HttpRequest<Buffer> request = client.request(call.method(), call.path()).timeout(deadline.toMillis());
        call.query().forEach(request::addQueryParam);
        call.headers().forEach(request::putHeader);
        return apiToken == null ? request : request.putHeader(API_TOKEN, apiToken);
    }

    /** A client that is closed throws, and so does a header that cannot be one. */
    private Future<HttpResponse<Buffer>> sending(Call call, Duration deadline, BoundedBody body) {
        try {
            HttpRequest<Buffer> request = request(call, deadline).as(body);
            return call.body() == null ? request.send() : request.sendBuffer(call.body());
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private static Answer received(HttpResponse<Buffer> response) {
        return new Answer.Received(response.statusCode(), response.headers(), response.body());
    }

    private static Answer failed(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Answer.Missing(new SidecarFailure.TimedOut());
        }
        String kind =
                failure instanceof VertxException ? "" : failure.getClass().getSimpleName() + ": ";
        return new Answer.Missing(new SidecarFailure.Unreachable(kind + failure.getMessage()));
    }
}
