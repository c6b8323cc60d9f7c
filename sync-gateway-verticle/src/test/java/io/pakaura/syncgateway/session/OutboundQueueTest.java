package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
    private final List<String> story = new ArrayList<>();
    private final SlowSocket socket = new SlowSocket();
    private final OutboundQueue queue = new OutboundQueue(socket, 100, new OutboundQueue.Pace() {
        @Override
        public void fellBehind() {
            story.add("behind");
        }

        @Override
        public void caughtUp() {
            story.add("caught up");
        }
    });

    /** Takes one thing when it is told to. */
    private final class SlowSocket implements OutboundQueue.Socket {
        private final Deque<Object> waiting = new ArrayDeque<>();

        @Override
        public long queued() {
            return waiting.stream()
                    .mapToInt(each -> each instanceof OutboundFrame frame ? frame.bytes() : 0)
                    .sum();
        }

        @Override
        public void write(OutboundFrame frame) {
            story.add(frame.text().strip());
            waiting.add(frame);
        }

        @Override
        public void whenWritten(Runnable action) {
            waiting.add(action);
            runWhatIsNext();
        }

        void takeOne() {
            waiting.remove();
            runWhatIsNext();
        }

        private void runWhatIsNext() {
            while (waiting.peek() instanceof Runnable next) {
                waiting.remove();
                next.run();
            }
        }
    }

    /** @param bytes on the wire, the frame's head included */
    private void event(String name, int bytes) {
        queue.event(frame(name, bytes));
    }

    private static OutboundFrame frame(String name, int bytes) {
        return OutboundFrame.of(name + " ".repeat(bytes - 2 - name.length()));
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
        socket.takeOne();
        event("b", 60);
        assertThat(story).containsExactly("a", "b");
    }

    @Test
    void above_the_limit_events_are_dropped_until_all_that_was_queued_is_written() {
        event("a", 60);
        event("b", 40);
        event("dropped", 10);
        socket.takeOne();
        event("dropped too", 20);
        assertThat(story).containsExactly("a", "b", "behind");

        socket.takeOne();
        event("c", 10);
        assertThat(story).containsExactly("a", "b", "behind", "caught up", "c");
    }

    @Test
    void one_event_above_the_limit_goes_out_alone() {
        event("a", 101);
        event("dropped", 10);
        assertThat(story).containsExactly("a", "behind");
    }

    @Test
    void the_gateways_own_words_are_not_dropped() {
        event("a", 100);
        event("dropped", 10);
        queue.control(frame("ping", 10));
        assertThat(story).containsExactly("a", "behind", "ping");
        socket.takeOne();
        assertThat(story).doesNotContain("caught up");
        socket.takeOne();
        assertThat(story).endsWith("caught up");
    }
}
