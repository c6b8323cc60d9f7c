package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.syncgateway.protocol.Json;
import io.pakaura.syncgateway.protocol.MessageCodec;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Vert.x is here for its timer only, and no test waits for that. */
@ExtendWith(VertxExtension.class)
class FeedFollowerTest {
    private final Audience audience = new Audience(new MessageCodec(Json.mapper(), Clock.systemUTC()));
    private final List<String> story = new ArrayList<>();
    private FeedFollower follower;

    @BeforeEach
    void create(Vertx vertx) {
        follower = follower(vertx);
    }

    private FeedFollower follower(Vertx vertx) {
        return new FeedFollower(
                vertx,
                Duration.ofHours(1),
                audience,
                () -> story.add("welcome"),
                frame -> story.add(frame.text().contains("sync.stale") ? "stale" : "resync"));
    }

    private void welcomed() {
        audience.proved();
        follower.joined();
        assertThat(story).containsExactly("welcome");
        story.clear();
    }

    @Test
    void the_welcome_waits_for_the_proof() {
        follower.joined();
        follower.follow();
        assertThat(follower.isWelcomed()).isFalse();
        audience.proved();
        follower.follow();
        assertThat(follower.isWelcomed()).isTrue();
        assertThat(story).containsExactly("welcome");
    }

    @Test
    void the_welcome_waits_for_the_channel() {
        audience.proved();
        follower.follow();
        assertThat(story).isEmpty();
        follower.joined();
        assertThat(story).containsExactly("welcome");
    }

    @Test
    void who_joins_a_stale_feed_is_told_so_after_the_welcome() {
        audience.proved();
        audience.stale();
        follower.joined();
        assertThat(story).containsExactly("welcome", "stale");
    }

    @Test
    void a_feed_that_begins_stale_ends_the_hold() {
        follower.joined();
        audience.proved();
        audience.stale();
        follower.follow();
        assertThat(story).containsExactly("welcome", "stale");
    }

    @Test
    void each_news_is_told_once() {
        welcomed();
        audience.stale();
        follower.follow();
        follower.follow();
        audience.resync("fresh");
        follower.follow();
        follower.follow();
        assertThat(story).containsExactly("stale", "resync");
    }

    @Test
    void who_is_reached_when_all_is_over_is_told_to_resync() {
        welcomed();
        audience.stale();
        audience.resync("fresh");
        audience.stale();
        audience.resync("fresh");
        follower.follow();
        assertThat(story).containsExactly("resync");
    }

    @Test
    void what_was_before_the_welcome_is_not_told() {
        audience.proved();
        audience.stale();
        audience.resync("fresh");
        follower.joined();
        follower.follow();
        assertThat(story).containsExactly("welcome");
    }

    @Test
    void who_is_welcomed_too_late_for_the_token_is_told_no_more(Vertx vertx) {
        audience.proved();
        audience.stale();
        List<FeedFollower> itself = new ArrayList<>();
        itself.add(new FeedFollower(
                vertx, Duration.ZERO, audience, () -> itself.get(0).end(), frame -> story.add("told")));
        itself.get(0).joined();
        assertThat(story).isEmpty();
        assertThat(itself.get(0).isWelcomed()).isFalse();
    }

    @Test
    void a_resync_for_another_reason_does_not_end_the_polling() {
        welcomed();
        follower.resyncWasSaid();
        assertThat(story).isEmpty();
        audience.stale();
        follower.follow();
        follower.resyncWasSaid();
        assertThat(story).containsExactly("stale", "stale");
    }

    @Test
    void the_spread_grows_with_those_who_were_welcomed_and_are_there(Vertx vertx) {
        audience.proved();
        List<FeedFollower> followers =
                IntStream.range(0, 10_000).mapToObj(n -> follower(vertx)).toList();
        followers.forEach(FeedFollower::joined);
        audience.resync("fresh");
        assertThat(audience.news().resync().text()).contains("\"spread_ms\":20000");
        followers.forEach(FeedFollower::end);
        followers.forEach(FeedFollower::end);
        audience.stale();
        assertThat(audience.news().stale().text()).contains("\"spread_ms\":1000");
    }
}
