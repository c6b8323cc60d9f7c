package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.syncgateway.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserChannelTest {
    private final UserChannel channel = new UserChannel();

    /** Writes down what happened to it. */
    private static final class Witness implements Member {
        private final List<String> story = new ArrayList<>();

        @Override
        public void joined() {
            story.add("joined");
        }

        @Override
        public void refused() {
            story.add("refused");
        }

        @Override
        public void deliver(OutboundFrame event) {
            story.add(event.text());
        }
    }

    @CanIgnoreReturnValue
    private Witness join() {
        Witness witness = new Witness();
        channel.join(witness, 2);
        return witness;
    }

    private void publish(String event) {
        channel.publish(new OutboundFrame(event, event.length()));
    }

    @Test
    void a_member_gets_what_is_published_after_it_joined() {
        publish("before");
        Witness first = join();
        publish("one");
        Witness second = join();
        publish("two");
        assertThat(first.story).containsExactly("joined", "one", "two");
        assertThat(second.story).containsExactly("joined", "two");
    }

    @Test
    void one_more_than_the_limit_is_refused_and_gets_nothing() {
        join();
        join();
        Witness third = join();
        publish("one");
        assertThat(third.story).containsExactly("refused");
    }

    @Test
    void who_left_gets_nothing_and_makes_room() {
        Witness first = join();
        join();
        channel.leave(first);
        publish("one");
        assertThat(first.story).containsExactly("joined");
        assertThat(join().story).containsExactly("joined");
    }

    @Test
    void it_is_empty_when_the_last_has_left() {
        Witness only = join();
        assertThat(channel.isEmpty()).isFalse();
        channel.leave(only);
        assertThat(channel.isEmpty()).isTrue();
    }
}
