package io.pakaura.publisher.dapr;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the sidecar is.
 *
 * @param apiToken shown as {@code dapr-api-token}, or {@code null} if the sidecar asks for none
 * @param publishTimeout how long one publish may take, connecting included
 */
public record DaprConfig(String host, int port, @Nullable String apiToken, Duration publishTimeout) {

    /** Never prints the token. */
    @Override
    public String toString() {
        return "DaprConfig[" + host + ":" + port + ", publishTimeout=" + publishTimeout + "]";
    }
}
