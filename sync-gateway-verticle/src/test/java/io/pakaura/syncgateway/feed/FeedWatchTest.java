package io.pakaura.syncgateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedWatchTest {
    private static final String API = "api";
    private static final String OLD = "old epoch";
    private static final String NEW = "new epoch";

    /** Where a monotonic clock stands is its own affair: here it passes the largest number on its way. */
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);

    private final List<String> story = new ArrayList<>();

    private final FeedWatch watch = new FeedWatch(() -> now, new FeedListener() {
        @Override
        public void slowToBegin(List<Integer> missing) {
            story.add("slow " + missing);
        }

        @Override
        public void proved(int partitions) {
            story.add("proved " + partitions);
        }

        @Override
        public void stale(StaleCause cause, List<Integer> silent, long lagMillis) {
            story.add("stale " + cause + " " + silent + " " + lagMillis);
        }

        @Override
        public void resync(ResyncCause cause) {
            story.add("resync " + cause);
        }
    });

    /** Time goes by, and the watch looks at it as it does: twice a second. */
    private void pass(double seconds) {
        for (double left = seconds; left > 0; left -= 0.5) {
            freeze(Math.min(left, 0.5));
            watch.check();
        }
    }

    /** Time goes by, and this process doesn't notice. */
    private void freeze(double seconds) {
        now += (long) (seconds * 1e9);
    }

    private void beat(String instance, int partition, int partitions, long lag, String epoch) {
        watch.hear(new Heartbeat(instance, epoch, partition, partitions, lag));
    }

    private void beat(int partition, int partitions) {
        beat(API, partition, partitions, 0, OLD);
    }

    private void beats(String instance, int partitions, long lag, String epoch) {
        IntStream.range(0, partitions).forEach(partition -> beat(instance, partition, partitions, lag, epoch));
    }

    private void beats(int partitions) {
        beats(API, partitions, 0, OLD);
    }

    private void proved(int partitions) {
        beats(partitions);
        assertThat(story).containsExactly("proved " + partitions);
        story.clear();
    }

    @Test
    void the_feed_begins_with_a_heartbeat_on_each_partition() {
        for (int partition = 11; partition > 0; partition--) {
            beat(partition, 12);
            pass(1);
        }
        assertThat(story).isEmpty();
        assertThat(watch.isFresh()).isFalse();

        beat(0, 12);
        assertThat(story).containsExactly("proved 12");
        assertThat(watch.isFresh()).isTrue();
    }

    @Test
    void a_feed_that_does_not_begin_is_told_once() {
        pass(11.5);
        assertThat(story).isEmpty();
        pass(60);
        assertThat(story).containsExactly("slow []");
    }

    @Test
    void a_feed_that_begins_in_part_tells_what_is_missing() {
        for (int seconds = 0; seconds < 60; seconds += 5) {
            beat(0, 3);
            beat(2, 3);
            pass(5);
        }
        assertThat(story).containsExactly("slow [1]");
        beat(1, 3);
        assertThat(story).containsExactly("slow [1]", "proved 3");
    }

    @Test
    void a_partition_that_fell_silent_before_the_feed_began_is_stale_when_it_begins() {
        beat(0, 2);
        pass(20);
        story.clear();
        beat(1, 2);
        assertThat(story).containsExactly("proved 2", "stale SILENCE [0] 0");
    }

    @Test
    void heartbeats_every_five_seconds_are_no_news() {
        proved(12);
        for (int n = 0; n < 100; n++) {
            pass(5);
            beats(12);
        }
        assertThat(story).isEmpty();
    }

    @Test
    void one_heartbeat_may_be_missing() {
        proved(1);
        pass(11.5);
        beats(1);
        pass(11.5);
        assertThat(story).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 11})
    void one_silent_partition_of_twelve_makes_the_feed_stale_within_fifteen_seconds(int silent) {
        proved(12);
        double passed = 0;
        while (story.isEmpty()) {
            pass(0.5);
            passed += 0.5;
            if (passed % 5 == 0) {
                IntStream.range(0, 12).filter(one -> one != silent).forEach(partition -> beat(partition, 12));
            }
        }
        assertThat(story).containsExactly("stale SILENCE [" + silent + "] 0");
        assertThat(passed).isBetween(12.0, 15.0);

        pass(3);
        IntStream.range(0, 12).filter(one -> one != silent).forEach(partition -> beat(partition, 12));
        assertThat(story).hasSize(1);
        beat(silent, 12);
        assertThat(story).endsWith("resync FRESH").hasSize(2);
    }

    @Test
    void a_silent_feed_is_told_once_and_fresh_when_all_partitions_are_back() {
        proved(3);
        pass(120);
        assertThat(story).containsExactly("stale SILENCE [0, 1, 2] 0");
        beat(0, 3);
        beat(1, 3);
        pass(1);
        assertThat(story).hasSize(1);
        beat(2, 3);
        assertThat(story).endsWith("resync FRESH").hasSize(2);
    }

    @Test
    void it_is_enough_that_one_task_api_is_heard() {
        proved(2);
        beats("another", 2, 0, OLD);
        for (int n = 0; n < 10; n++) {
            pass(5);
            beats("another", 2, 0, OLD);
        }
        assertThat(story).isEmpty();
    }

    @Test
    void a_process_that_was_frozen_finds_the_silence_whatever_it_sees_first() {
        proved(2);
        freeze(30);
        beat(0, 2);
        assertThat(story).containsExactly("stale SILENCE [0, 1] 0");
        beat(1, 2);
        assertThat(story).endsWith("resync FRESH").hasSize(2);

        story.clear();
        freeze(30);
        watch.check();
        beats(2);
        assertThat(story).containsExactly("stale SILENCE [0, 1] 0", "resync FRESH");
    }

    @Test
    void a_short_freeze_is_no_news() {
        proved(2);
        pass(4);
        freeze(7);
        watch.check();
        beats(2);
        assertThat(story).isEmpty();
    }

    @Test
    void a_lag_above_eight_seconds_makes_the_feed_stale_and_a_small_one_fresh() {
        proved(2);
        beats(API, 2, 8_000, OLD);
        assertThat(story).isEmpty();
        pass(5);
        beats(API, 2, 8_001, OLD);
        assertThat(story).containsExactly("stale LAG [] 8001");
        pass(5);
        beats(API, 2, 7_000, OLD);
        pass(5);
        beats(API, 2, 4_001, OLD);
        assertThat(story).hasSize(1);
        pass(5);
        beats(API, 2, 4_000, OLD);
        assertThat(story).endsWith("resync FRESH").hasSize(2);
    }

    @Test
    void a_feed_that_begins_with_a_lag_begins_stale() {
        beats(API, 1, 60_000, OLD);
        assertThat(story).containsExactly("proved 1", "stale LAG [] 60000");
    }

    @Test
    void the_worst_lag_of_those_that_are_heard_counts() {
        proved(1);
        for (int n = 0; n < 4; n++) {
            beats("lagging", 1, 20_000, OLD);
            beats(1);
            pass(5);
        }
        assertThat(story).containsExactly("stale LAG [] 20000");
        assertThat(watch.lagMillis()).isEqualTo(20_000);
    }

    @Test
    void the_lag_of_a_process_that_is_gone_counts_no_more() {
        proved(1);
        beats("lagging", 1, 20_000, OLD);
        pass(5);
        beats(1);
        pass(5);
        beats(1);
        assertThat(story).containsExactly("stale LAG [] 20000");
        pass(2);
        assertThat(story).endsWith("resync FRESH").hasSize(2);
        assertThat(watch.lagMillis()).isZero();
    }

    @Test
    void a_late_partitions_old_word_does_not_undo_a_newer_one() {
        proved(2);
        beat(API, 0, 2, 9_000, OLD);
        beat(API, 1, 2, 0, OLD);
        watch.check();
        assertThat(story).containsExactly("stale LAG [] 9000");
    }

    @Test
    void a_new_epoch_is_told_once_while_old_and_new_are_reported_by_turns() {
        proved(2);
        beats("another", 2, 0, OLD);
        for (int n = 0; n < 3; n++) {
            beats(API, 2, 0, NEW);
            pass(2);
            beats("another", 2, 0, OLD);
            pass(3);
        }
        beats("another", 2, 0, NEW);
        pass(10);
        beats("another", 2, 0, NEW);
        beats(API, 2, 0, NEW);
        pass(10);
        assertThat(story).containsExactly("resync EPOCH");
    }

    @Test
    void each_epoch_that_was_never_heard_is_told() {
        proved(1);
        beats(API, 1, 0, NEW);
        beats(API, 1, 0, "a third");
        assertThat(story).containsExactly("resync EPOCH", "resync EPOCH");
    }

    @Test
    void an_epoch_that_was_left_is_told_when_nobody_knows_another_any_more() {
        proved(1);
        beats(API, 1, 0, NEW);
        story.clear();
        for (int n = 0; n < 4; n++) {
            pass(5);
            beats("restored", 1, 0, OLD);
        }
        assertThat(story).containsExactly("resync EPOCH");
    }

    @Test
    void an_epoch_that_changes_while_the_feed_is_stale_is_told_when_it_is_fresh() {
        proved(1);
        pass(13);
        beats(API, 1, 60_000, NEW);
        assertThat(story).containsExactly("stale SILENCE [0] 0");
        beats(API, 1, 0, NEW);
        assertThat(story).endsWith("resync EPOCH").hasSize(2);
        pass(5);
        assertThat(story).hasSize(2);
    }

    @Test
    void an_epoch_that_changes_before_the_feed_begins_is_no_news() {
        beat(API, 0, 2, 0, OLD);
        beat(API, 1, 2, 0, NEW);
        beat(API, 0, 2, 0, NEW);
        pass(5);
        assertThat(story).containsExactly("proved 2");
    }

    @Test
    void partitions_that_are_new_have_the_time_of_a_silence_to_be_heard() {
        proved(3);
        for (int n = 0; n < 5; n++) {
            pass(5);
            beats(6);
        }
        assertThat(story).isEmpty();
        assertThat(watch.partitions()).isEqualTo(6);
    }

    @Test
    void partitions_that_are_new_and_never_heard_make_the_feed_stale() {
        proved(3);
        for (int n = 0; n < 4; n++) {
            IntStream.range(0, 3).forEach(partition -> beat(partition, 6));
            pass(5);
        }
        assertThat(story).containsExactly("stale SILENCE [3, 4, 5] 0");
    }

    @Test
    void while_some_know_of_fewer_partitions_the_greater_number_counts() {
        proved(3);
        for (int n = 0; n < 5; n++) {
            beats("restarted", 6, 0, OLD);
            pass(2.5);
            beats(3);
            pass(2.5);
        }
        assertThat(story).isEmpty();
        assertThat(watch.partitions()).isEqualTo(6);
    }

    @Test
    void partitions_that_nobody_knows_of_any_more_are_not_missed() {
        proved(6);
        pass(3);
        for (int n = 0; n < 5; n++) {
            beats("restarted", 3, 0, OLD);
            pass(5);
        }
        assertThat(story).isEmpty();
        assertThat(watch.partitions()).isEqualTo(3);
    }

    @Test
    void heartbeats_by_a_partition_beyond_the_known_ones_prove_nothing() {
        beat(API, 5, 2, 0, OLD);
        beat(0, 2);
        assertThat(story).isEmpty();
        beat(1, 2);
        assertThat(story).containsExactly("proved 2");
    }

    @Test
    void more_senders_than_anybody_has_are_forgotten_and_harm_nobody() {
        proved(1);
        for (int n = 0; n < 50_000; n++) {
            beats("sender " + n, 1, 0, OLD);
        }
        pass(11);
        beats(1);
        pass(5);
        assertThat(story).isEmpty();
    }

    @Test
    void the_age_of_the_oldest_heartbeat_is_that_of_the_partition_that_is_silent_for_longest() {
        long begun = now;
        pass(3);
        assertThat(watch.oldestHeartbeat()).isEqualTo(begun);
        beats(2);
        long heard = now;
        pass(4);
        beat(1, 2);
        assertThat(watch.oldestHeartbeat()).isEqualTo(heard);
    }
}
