package io.pakaura.syncgateway.session;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a gateway ends, planned once for the sockets of all its event loops. For any thread. */
public final class Drain {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final Duration within;
    private final IntSupplier openSockets;
    private @Nullable DrainPlan plan;

    /**
     * @param within how long it may take at most
     * @param openSockets of all event loops
     */
    public Drain(Duration within, IntSupplier openSockets) {
        this.within = within;
        this.openSockets = openSockets;
    }

    /** The same for all event loops: made for the sockets that are open when the first of them asks. */
    synchronized DrainPlan plan() {
        if (plan == null) {
            int sockets = openSockets.getAsInt();
            plan = DrainPlan.of(sockets, within);
            log.info(
                    "going: {} sockets reconnect elsewhere, from {} ms on and within {} ms",
                    sockets,
                    plan.lead().toMillis(),
                    plan.spread().toMillis());
        }
        return plan;
    }
}
