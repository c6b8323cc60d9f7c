package io.pakaura.taskapi.http;

/** The kinds of problem that the API answers. */
public enum ProblemType {
    INVALID_REQUEST(400, "invalid-request", "The request is not valid"),
    UNAUTHORIZED(401, "unauthorized", "A valid bearer token is needed"),
    FORBIDDEN(403, "forbidden", "This is not for you"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "This path has no such method"),
    TIMEOUT(408, "timeout", "The request took too long to arrive"),
    GONE(410, "gone", "It was there, and is not any more"),
    STALE(412, "stale", "The task has changed since you read it"),
    TOO_LARGE(413, "too-large", "The request is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
    WRONG_MEDIA_TYPE(415, "wrong-media-type", "This route takes another media type"),
    EXPECTATION_FAILED(417, "expectation-failed", "The request expects what it cannot get"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large"),
    INTERNAL(500, "internal", "Something went wrong on our side"),
    UNAVAILABLE(503, "unavailable", "The service cannot do this just now");

    private final int status;
    private final String slug;
    private final String title;

    ProblemType(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String uri() {
        return "https://pakaura.io/problems/" + slug;
    }

    /** The kind for a status that Vert.x came to by itself. */
    static ProblemType ofStatus(int status) {
        for (ProblemType type : values()) {
            if (type.status == status) {
                return type;
            }
        }
        return status >= 400 && status < 500 ? INVALID_REQUEST : INTERNAL;
    }
}
