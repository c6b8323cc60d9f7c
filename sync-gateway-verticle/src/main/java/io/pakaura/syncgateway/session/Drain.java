package io.pakaura.syncgateway.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a gateway ends, planned once for the sockets of all its event loops. For any thread. */
public final class Drain {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final Duration within;
    private final AtomicInteger sockets = new AtomicInteger();
    private @Nullable DrainPlan plan;

    /** @param within how long it may take at most */
    public Drain(Duration within) {
        this.within = within;
    }

    void opened() {
        sockets.incrementAndGet();
    }

    void closed() {
        sockets.decrementAndGet();
    }

    /** The same for all event loops: made for the sockets that are open when the first of them asks. */
    synchronized DrainPlan plan() {
        if (plan == null) {
            plan = DrainPlan.of(sockets.get(), within);
            log.info(
                    "going: {} sockets reconnect elsewhere, from {} ms on and within {} ms",
                    sockets.get(),
                    plan.lead().toMillis(),
                    plan.spread().toMillis());
        }
        return plan;
    }
}
