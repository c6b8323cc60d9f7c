package io.pakaura.taskapi.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnreadPagesTest {
    private static final long MEBIBYTE = 1024 * 1024;
    private final UnreadPages pages = new UnreadPages();

    @Test
    void the_largest_page_there_can_be_is_for_who_reads() {
        assertThat(pages.admit("alice", 2 * UnreadPages.MAX_OF_USER)).isNull();
    }

    @Test
    void who_does_not_read_gets_no_more_and_who_has_read_does() {
        assertThat(pages.admit("alice", 15 * MEBIBYTE)).isNull();

        assertThat(pages.admit("alice", 2 * MEBIBYTE).type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(pages.admit("alice", MEBIBYTE)).isNull();
        assertThat(pages.admit("bob", 2 * MEBIBYTE)).isNull();

        pages.release("alice", 16 * MEBIBYTE);
        assertThat(pages.waiting()).isEqualTo(2 * MEBIBYTE);
        assertThat(pages.admit("alice", 2 * MEBIBYTE)).isNull();
    }

    @Test
    void all_together_have_a_bound_too() {
        for (int user = 0; user < 16; user++) {
            assertThat(pages.admit("user " + user, 16 * MEBIBYTE)).isNull();
        }

        assertThat(pages.admit("one more", 1).type()).isEqualTo(ProblemType.UNAVAILABLE);
    }
}
