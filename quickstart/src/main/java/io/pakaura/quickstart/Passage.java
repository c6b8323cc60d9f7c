package io.pakaura.quickstart;

import io.pakaura.quickstart.Arrival.Refused;
import io.pakaura.quickstart.Arrival.Whole;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a request gets to a service, once all of it is there, and the service's answer back. */
final class Passage implements ProxyInterceptor {
    private static final Logger log = LoggerFactory.getLogger(Passage.class);
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Vertx vertx;
    private final Duration patience;

    /** @param patience so long a body may take */
    Passage(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        HttpServerRequest request = context.request().proxiedRequest();
        if (context.isWebSocket() || !hasBody(request)) {
            return pass(context);
        }
        return Arrival.of(request, vertx, patience).compose(arrival -> {
            if (arrival instanceof Refused refused) {
                return Future.succeededFuture(refused.answer().to(context.request()));
            }
            context.request().setBody(Body.body(((Whole) arrival).body()));
            return pass(context);
        });
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains("Content-Length") || request.headers().contains("Transfer-Encoding");
    }

    /** The proxy rewrites Host; X-Forwarded-Host is how a service learns which one the browser asked for. */
    private static Future<ProxyResponse> pass(ProxyContext context) {
        ProxyRequest request = context.request();
        String host = request.proxiedRequest().getHeader("Host");
        request.headers().remove("Expect"); // The door has answered it.
        if (host != null) {
            request.headers().set("X-Forwarded-Host", host);
        }
        return context.sendRequest()
                .onSuccess(Passage::keepTheCallersConnection)
                .recover(failure -> Future.succeededFuture(noAnswer(request, failure)));
    }

    /** That a service closes its connection is between it and the door (RFC 9110, section 7.6.1). */
    private static void keepTheCallersConnection(ProxyResponse response) {
        if ("close".equalsIgnoreCase(response.headers().get("Connection"))) {
            response.headers().remove("Connection");
        }
    }

    private static ProxyResponse noAnswer(ProxyRequest request, Throwable failure) {
        log.debug("no answer for {}", request.getURI(), failure);
        return Answer.problem(502, "The service behind the door gave no answer.")
                .to(request);
    }

    /** The proxy would send no more than the status of a WebSocket that is refused. */
    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        return context.isWebSocket() && context.response().getStatusCode() != SWITCHING_PROTOCOLS
                ? context.response().send()
                : context.sendResponse();
    }
}
