package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeartbeatIT {
    @RegisterExtension
    final RelayFixture fixture = new RelayFixture();

    @Test
    void each_partition_gets_one_with_epoch_and_lag() {
        fixture.publisher();

        Await.until(() -> fixture.sidecar().heartbeats().size() == 2);
        List<JsonObject> beats = fixture.sidecar().heartbeats();
        for (int partition = 0; partition < 2; partition++) {
            JsonObject data = beats.get(partition).getJsonObject("data");
            assertThat(beats.get(partition).getString("partition_number")).isEqualTo(Integer.toString(partition));
            assertThat(data.getInteger("partition")).isEqualTo(partition);
            assertThat(data.getInteger("partitions")).isEqualTo(2);
            assertThat(data.getString("epoch")).isEqualTo(RelayFixture.EPOCH.toString());
            assertThat(data.getLong("outbox_lag_ms")).isZero();
        }
        assertThat(beats).extracting(beat -> beat.getString("id")).doesNotHaveDuplicates();
    }

    @Test
    void the_lag_is_the_age_of_the_oldest_change_that_gateways_have_not_heard_of() {
        leased("3 minutes", 7, 9);
        leased("2 minutes", 6, 0);
        leased("1 minute", 7, 0);

        fixture.publisher();

        Await.until(() -> !fixture.sidecar().heartbeats().isEmpty());
        assertThat(fixture.sidecar().heartbeats().get(0).getJsonObject("data").getLong("outbox_lag_ms"))
                .isBetween(60_000L, 90_000L);
        assertThat(fixture.meters.get("outbox.rows").gauge().value()).isEqualTo(3);
        assertThat(fixture.meters.get("outbox.oldest.age").timeGauge().value()).isBetween(180.0, 200.0);
        assertThat(fixture.meters.get("outbox.lag").timeGauge().value()).isBetween(60.0, 90.0);
    }

    /** A row that another process has, so that it stays. */
    private void leased(String age, int owed, int attempts) {
        fixture.execute(
                """
                INSERT INTO outbox (user_id, revision, after, changed_at, correlation_id, traceparent, owed, attempts, leased_until)
                VALUES ('alice', 1, '{}', now() - interval '%s', 'corr', 'none', %d, %d, now() + interval '1 hour')
                """
                        .formatted(age, owed, attempts));
    }
}
