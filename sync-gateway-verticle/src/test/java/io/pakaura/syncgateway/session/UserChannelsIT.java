package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserChannelsIT {
    private final Vertx vertx = Vertx.vertx();
    private final UserChannels channels =
            new UserChannels(2, new SessionMetrics(InstantSource.system(), new SimpleMeterRegistry()));
    private final Loop here = new Loop(vertx);
    private final Loop there = new Loop(vertx);

    /** An event loop, and a way onto it. */
    private static final class Loop {
        private final Context context;
        private final SessionLoop sessions;

        Loop(Vertx vertx) {
            List<SessionLoop> made = new CopyOnWriteArrayList<>();
            List<Context> contexts = new CopyOnWriteArrayList<>();
            Future<String> deployed = vertx.deployVerticle(own -> {
                contexts.add(own);
                made.add(new SessionLoop(vertx, new OutboundBudget(1 << 20)));
                return Future.succeededFuture();
            });
            Await.until(deployed::succeeded);
            context = contexts.get(0);
            sessions = made.get(0);
        }
    }

    /** Writes down what it gets, and on which thread. */
    private static final class Witness implements Member {
        private final List<String> story = new CopyOnWriteArrayList<>();
        private final List<Thread> threads = new CopyOnWriteArrayList<>();
        private final List<ByteBuf> written = new CopyOnWriteArrayList<>();
        private final SessionLoop loop;

        Witness(Loop loop) {
            this.loop = loop.sessions;
        }

        @Override
        public SessionLoop loop() {
            return loop;
        }

        @Override
        public void deliver(OutboundFrame event) {
            story.add(event.text());
            threads.add(Thread.currentThread());
            written.add(event.wire());
        }
    }

    @AfterEach
    void stop() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Future<Void> publish(String user, String event) {
        return channels.publish(user, event.getBytes(StandardCharsets.UTF_8), null);
    }

    @Test
    void a_session_gets_what_is_published_after_it_joined_and_until_it_leaves() throws Exception {
        Witness first = new Witness(here);
        Witness second = new Witness(there);
        publish("alice", "before").await(5, TimeUnit.SECONDS);
        assertThat(channels.join("alice", first)).isTrue();
        publish("alice", "one").await(5, TimeUnit.SECONDS);
        assertThat(channels.join("alice", second)).isTrue();
        publish("alice", "two").await(5, TimeUnit.SECONDS);
        channels.leave("alice", first);
        publish("alice", "three").await(5, TimeUnit.SECONDS);

        Await.until(() -> first.story.size() == 2 && second.story.size() == 2);
        assertThat(first.story).containsExactly("one", "two");
        assertThat(second.story).containsExactly("two", "three");
    }

    @Test
    void sessions_on_one_loop_share_what_is_written_and_nothing_of_it_is_left_when_all_have_taken_it() {
        Witness first = new Witness(here);
        Witness second = new Witness(here);
        assertThat(channels.join("alice", first) && channels.join("alice", second))
                .isTrue();
        assertThat(publish("alice", "one").isComplete()).isTrue();

        Await.until(() -> second.written.size() == 1);
        ByteBuf fast = first.written.get(0);
        ByteBuf slow = second.written.get(0);
        Await.until(() -> slow.refCnt() == 2);
        assertThat(fast.memoryAddress()).isEqualTo(slow.memoryAddress());
        assertThat(fast.release()).as("the other has not taken it").isFalse();
        assertThat(slow.toString(StandardCharsets.UTF_8)).endsWith("one");
        assertThat(slow.release()).as("nobody needs it any more").isTrue();
    }

    @Test
    void nobody_elses_session_is_touched() {
        Witness alice = new Witness(here);
        Witness bob = new Witness(here);
        assertThat(channels.join("alice", alice) && channels.join("bob", bob)).isTrue();
        assertThat(publish("bob", "his").isComplete()).isTrue();

        Await.until(() -> bob.story.size() == 1);
        assertThat(alice.story).isEmpty();
    }

    @Test
    void one_more_than_a_user_may_have_finds_no_room_until_another_leaves() {
        Witness third = new Witness(here);
        Witness first = new Witness(here);
        assertThat(channels.join("alice", first)).isTrue();
        assertThat(channels.join("alice", new Witness(there))).isTrue();
        assertThat(channels.join("alice", third)).isFalse();
        channels.leave("alice", third);
        assertThat(channels.join("alice", third)).isFalse();
        channels.leave("alice", first);
        assertThat(channels.join("alice", third)).isTrue();
    }

    /** A sidecar sends the next event over any of its connections, but not before the last one was answered. */
    @Test
    void events_keep_their_order_whatever_loops_they_come_by() throws Exception {
        Witness witness = new Witness(here);
        assertThat(channels.join("alice", witness)).isTrue();
        for (int i = 0; i < 2_000; i++) {
            Context by = i % 3 == 0 ? there.context : here.context;
            CountDownLatch answered = new CountDownLatch(1);
            String event = Integer.toString(i);
            by.runOnContext(on -> publish("alice", event).onComplete(taken -> answered.countDown()));
            assertThat(answered.await(5, TimeUnit.SECONDS)).isTrue();
        }

        Await.until(() -> witness.story.size() == 2_000);
        assertThat(witness.story)
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_000).mapToObj(Integer::toString).toList());
        assertThat(witness.threads.stream().distinct()).hasSize(1);
    }

    @Test
    void whoever_publishes_faster_than_a_loop_delivers_has_to_wait() {
        CountDownLatch busy = new CountDownLatch(1);
        here.context.runOnContext(on -> awaitQuietly(busy));
        Witness witness = new Witness(here);
        assertThat(channels.join("alice", witness)).isTrue();
        List<Future<Void>> published = new ArrayList<>();
        there.context.runOnContext(on -> {
            for (int i = 0; i <= SessionLoop.ROOM; i++) {
                published.add(publish("alice", "event"));
            }
            assertThat(published.subList(0, SessionLoop.ROOM)).allMatch(Future::succeeded);
        });
        Await.until(() -> published.size() == SessionLoop.ROOM + 1);
        assertThat(published.get(SessionLoop.ROOM).isComplete()).isFalse();

        busy.countDown();
        Await.until(() -> published.get(SessionLoop.ROOM).succeeded());
        assertThat(witness.story).hasSize(SessionLoop.ROOM + 1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
