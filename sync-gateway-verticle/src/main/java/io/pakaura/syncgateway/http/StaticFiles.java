package io.pakaura.syncgateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page: the files under {@code web/} on the class path. Each is read once, off the event loop, and kept; there are
 * no more of them than are packed.
 */
final class StaticFiles {
    /** Nothing hidden, nothing upwards, nothing encoded, and always with an extension: a directory is not a file. */
    private static final Pattern FILE =
            Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9_-]*)*/[A-Za-z0-9_-][A-Za-z0-9._-]*\\.([a-z0-9]+)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "webmanifest", "application/manifest+json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2");

    private final Vertx vertx;
    private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

    StaticFiles(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @param path as in the request, with its leading slash */
    Future<Optional<StaticFile>> find(String path) {
        Matcher file = FILE.matcher(path);
        String type = file.matches() ? TYPES.get(file.group(1)) : null;
        if (type == null) {
            return Future.succeededFuture(Optional.empty());
        }
        StaticFile known = read.get(path);
        return known != null
                ? Future.succeededFuture(Optional.of(known))
                : vertx.executeBlocking(() -> read(path, type), false);
    }

    private Optional<StaticFile> read(String path, String type) throws IOException {
        try (InputStream content = StaticFiles.class.getResourceAsStream("/web" + path)) {
            if (content == null) {
                return Optional.empty();
            }
            StaticFile file = StaticFile.of(content.readAllBytes(), type);
            read.put(path, file);
            return Optional.of(file);
        }
    }
}
