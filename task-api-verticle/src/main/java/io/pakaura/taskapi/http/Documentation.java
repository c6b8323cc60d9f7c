package io.pakaura.taskapi.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * The contract as a document and as a page to try it: Swagger UI, with nothing loaded from elsewhere. All of it is in
 * memory; to be made at start, not on an event loop.
 */
public final class Documentation {
    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
    private static final String WEBJAR_PROPERTIES = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String OURS = "/io/pakaura/taskapi/docs/";
    /** Swagger UI sets style attributes, and draws its icons from data. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static final String ASK_EACH_TIME = "no-cache";
    private static final String A_DAY = "max-age=86400";

    private record Resource(String type, String cacheControl, Buffer content) {}

    /** Of those who have no name: they share what may wait to be read. */
    private static final String EVERYBODY = "";

    private final Resource contract;
    private final Resource page;
    private final Map<String, Resource> files;

    public Documentation(Contract contract) {
        this.contract = new Resource(
                Responses.JSON, ASK_EACH_TIME, Buffer.buffer(contract.document().toPrettyString()));
        String webjar = WEBJAR + version() + "/";
        this.page = read(OURS + "index.html", "text/html; charset=utf-8", ASK_EACH_TIME);
        this.files = Map.of(
                "start.js", read(OURS + "start.js", "text/javascript; charset=utf-8", ASK_EACH_TIME),
                "swagger-ui.css", read(webjar + "swagger-ui.css", "text/css; charset=utf-8", A_DAY),
                "swagger-ui-bundle.js", read(webjar + "swagger-ui-bundle.js", "text/javascript; charset=utf-8", A_DAY),
                "favicon-32x32.png", read(webjar + "favicon-32x32.png", "image/png", A_DAY));
    }

    /** By their ids in the contract. */
    Map<String, OperationHandler> operations(UnreadPages unread) {
        return Map.of(
                "getContract", (context, request) -> send(unread, context, contract),
                "getDocs", (context, request) -> send(unread, context, page),
                "getDocsFile", (context, request) -> file(unread, context, String.valueOf(request.text("file"))));
    }

    private Future<Void> file(UnreadPages unread, RoutingContext context, String name) {
        Resource file = files.get(name);
        if (file == null) {
            return Future.failedFuture(ProblemException.of(ProblemType.NOT_FOUND, "the page has no such file"));
        }
        return send(unread, context, file);
    }

    private static Future<Void> send(UnreadPages unread, RoutingContext context, Resource resource) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, resource.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, resource.cacheControl())
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff");
        return unread.end(response, EVERYBODY, resource.content());
    }

    /** The webjar has its version in its paths. */
    private static String version() {
        Properties properties = new Properties();
        try (InputStream stream = open(WEBJAR_PROPERTIES)) {
            properties.load(stream);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return properties.getProperty("version");
    }

    private static Resource read(String path, String type, String cacheControl) {
        try (InputStream stream = open(path)) {
            return new Resource(type, cacheControl, Buffer.buffer(stream.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InputStream open(String path) {
        return Objects.requireNonNull(Documentation.class.getResourceAsStream(path), path);
    }
}
