package io.pakaura.publisher.dapr;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** What came of one request to the sidecar. */
sealed interface Answer {

    /** A whole answer, whatever its status. */
    record Received(int status, MultiMap headers, Buffer body) implements Answer {
        private static final int DETAIL_CHARS = 500;

        /** The beginning of the body, for a log. */
        String detail() {
            return beginning(body.getString(0, Math.min(body.length(), 4 * DETAIL_CHARS)));
        }

        /** As much of a text as a log needs. */
        static String beginning(String text) {
            return text.substring(0, Math.min(text.length(), DETAIL_CHARS));
        }

        SidecarFailure.Rejected rejected() {
            return new SidecarFailure.Rejected(status, Introspection.errorCode(body), detail());
        }
    }

    /**
     * None, or none that is whole.
     *
     * @param why never {@link SidecarFailure.Rejected}
     */
    record Missing(SidecarFailure why) implements Answer {}
}
