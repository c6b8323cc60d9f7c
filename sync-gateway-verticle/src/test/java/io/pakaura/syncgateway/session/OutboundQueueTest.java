package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
    private final Deque<Promise<Void>> unwritten = new ArrayDeque<>();
    private final List<String> story = new ArrayList<>();
    private final OutboundQueue queue = new OutboundQueue(
            text -> {
                story.add(text);
                Promise<Void> written = Promise.promise();
                unwritten.add(written);
                return written.future();
            },
            100,
            new OutboundQueue.Pace() {
                @Override
                public void fellBehind() {
                    story.add("behind");
                }

                @Override
                public void caughtUp() {
                    story.add("caught up");
                }
            });

    private void event(String name, int bytes) {
        queue.event(new OutboundFrame(name, bytes));
    }

    @Test
    void events_go_out_in_order_up_to_the_limit() {
        event("a", 60);
        event("b", 40);
        assertThat(story).containsExactly("a", "b");
    }

    @Test
    void what_was_written_makes_room() {
        event("a", 60);
        unwritten.remove().complete();
        event("b", 60);
        assertThat(story).containsExactly("a", "b");
    }

    @Test
    void above_the_limit_events_are_dropped_until_all_that_was_queued_is_written() {
        event("a", 60);
        event("b", 40);
        event("dropped", 1);
        unwritten.remove().complete();
        event("dropped too", 1);
        assertThat(story).containsExactly("a", "b", "behind");

        unwritten.remove().complete();
        event("c", 1);
        assertThat(story).containsExactly("a", "b", "behind", "caught up", "c");
    }

    @Test
    void one_event_above_the_limit_goes_out_alone() {
        event("a", 101);
        event("dropped", 1);
        assertThat(story).containsExactly("a", "behind");
    }

    @Test
    void the_gateways_own_words_are_not_dropped() {
        event("a", 100);
        event("dropped", 1);
        queue.control(new OutboundFrame("ping", 10));
        assertThat(story).containsExactly("a", "behind", "ping");
        unwritten.remove().complete();
        assertThat(story).doesNotContain("caught up");
        unwritten.remove().complete();
        assertThat(story).endsWith("caught up");
    }

    @Test
    void a_write_that_failed_is_no_longer_queued() {
        event("a", 100);
        unwritten.remove().fail("closed");
        event("b", 100);
        assertThat(story).containsExactly("a", "b");
    }
}
