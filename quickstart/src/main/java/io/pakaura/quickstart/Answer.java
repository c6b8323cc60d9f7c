package io.pakaura.quickstart;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.pakaura.service.Correlation;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.MediaType;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer of the door itself. What a service answers passes as it is. */
record Answer(int status, JsonObject body, Map<String, String> headers) {
    private static final String PROBLEM = "application/problem+json";
    private static final Logger log = LoggerFactory.getLogger(Answer.class);

    /** What was asked for. */
    static Answer ok(JsonObject body) {
        return new Answer(200, body, Map.of("Content-Type", "application/json"));
    }

    /** An error as a client reads it (RFC 9457). Its type is {@code about:blank}: the status says what kind it is. */
    static Answer problem(int status, String detail) {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail);
        return new Answer(status, body, Map.of("Content-Type", PROBLEM));
    }

    /** A problem of one field of the input. */
    static Answer problem(int status, String field, String reason) {
        Answer answer = problem(status, field + ": " + reason);
        answer.body().put("errors", List.of(new JsonObject().put("field", field).put("reason", reason)));
        return answer;
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, body, more);
    }

    /** Sends it. */
    void to(HttpServerRequest request) {
        Answer correlated = correlated(request);
        HttpServerResponse response = request.response().setStatusCode(status);
        correlated.headers.forEach(response::putHeader);
        response.end(correlated.body.toBuffer()).onFailure(gone -> log.debug("the caller went away", gone));
    }

    /** A problem in place of a service's answer. */
    ProxyResponse to(ProxyRequest request) {
        Answer correlated = correlated(request.proxiedRequest());
        ProxyResponse response = request.release().response().setStatusCode(status);
        correlated.headers.forEach(response::putHeader);
        return response.setBody(Body.body(correlated.body.toBuffer(), MediaType.parse(PROBLEM)));
    }

    private Answer correlated(HttpServerRequest request) {
        String id = Correlation.continuing(request.getHeader(Correlation.HEADER), null)
                .id();
        JsonObject named = status < 400 ? body : body.copy().put("correlation_id", id);
        return new Answer(status, named, headers).with(Correlation.HEADER, id).with("Cache-Control", "no-store");
    }
}
