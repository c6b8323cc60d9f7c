package io.pakaura.syncgateway.session;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one event loop that have something queued. When all sockets of the gateway together have too much, those
 * with the most are cut: that frees the memory at once, and their clients reconnect and fetch the delta. For that event loop.
 */
final class Laggards {
    private static final Logger log = LoggerFactory.getLogger(Laggards.class);

    private final OutboundBudget budget;
    private final Set<SocketChannel> sockets = new HashSet<>();
    private long told;

    Laggards(OutboundBudget budget) {
        this.budget = budget;
    }

    /** Something is left after a flush. */
    void add(SocketChannel socket) {
        sockets.add(socket);
    }

    /**
     * To be called some times a second while there are any.
     *
     * @return whether there are any left
     */
    boolean check() {
        sockets.removeIf(socket -> socket.queued() == 0);
        long now = sockets.stream().mapToLong(SocketChannel::queued).sum();
        long excess = budget.tell(told, now);
        told = now;
        if (excess > 0) {
            cutLargest(excess);
        }
        return !sockets.isEmpty();
    }

    private void cutLargest(long excess) {
        List<SocketChannel> largestFirst = sockets.stream()
                .sorted(Comparator.comparingLong(SocketChannel::queued).reversed())
                .toList();
        long freed = 0;
        int cut = 0;
        while (freed < excess) {
            SocketChannel largest = largestFirst.get(cut);
            freed += largest.queued();
            largest.abort();
            cut++;
        }
        log.warn("cut the {} connections with the most queued, to free {} bytes", cut, freed);
    }
}
