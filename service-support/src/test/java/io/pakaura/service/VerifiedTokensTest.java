package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final TokenOutcome.Accepted GOOD = new TokenOutcome.Accepted("alice", NOW.plusSeconds(60));
    private final VerifiedTokens tokens = new VerifiedTokens();
    private final Object keys = new Object();

    @Test
    void a_good_token_is_remembered_until_its_end_to_the_second() {
        tokens.add("token", keys, GOOD);

        assertThat(tokens.find("token", keys, NOW)).isEqualTo(GOOD);
        assertThat(tokens.find("token", keys, NOW.plusSeconds(59))).isEqualTo(GOOD);
        assertThat(tokens.find("token", keys, NOW.plusSeconds(60))).isNull();
    }

    @Test
    void with_other_keys_it_is_to_be_verified_again() {
        tokens.add("token", keys, GOOD);

        assertThat(tokens.find("token", new Object(), NOW)).isNull();
    }

    @Test
    void another_token_is_another_token_if_only_by_its_last_character() {
        tokens.add("token-a", keys, GOOD);

        assertThat(tokens.find("token-b", keys, NOW)).isNull();
    }

    @Test
    void nothing_is_remembered_of_what_was_not_good() {
        tokens.add("rejected", keys, new TokenOutcome.Rejected("no"));
        tokens.add("undecided", keys, new TokenOutcome.Undecided());

        assertThat(tokens.find("rejected", keys, NOW)).isNull();
        assertThat(tokens.find("undecided", keys, NOW)).isNull();
    }

    @Test
    void many_long_tokens_do_not_fill_the_memory() {
        String filler = "x".repeat(8_000);
        for (int i = 0; i < 3_000; i++) {
            tokens.add(i + filler, keys, GOOD);
        }

        assertThat(tokens.characters()).isLessThanOrEqualTo(8L * 1024 * 1024);
    }
}
