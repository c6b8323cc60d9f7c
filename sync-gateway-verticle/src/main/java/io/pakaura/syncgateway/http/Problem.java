package io.pakaura.syncgateway.http;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An error as a client reads it (RFC 9457). Its type is {@code about:blank}: the status says what kind it is.
 *
 * @param detail what went wrong this time, for a person
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonProperty("correlation_id") String correlationId) {}
