package io.pakaura.taskapi.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntityTagsTest {
    @Test
    void without_a_header_or_with_a_star_any_revision_will_do() {
        assertThat(EntityTags.ifMatch(null).revisions()).isNull();
        assertThat(EntityTags.ifMatch("*").revisions()).isNull();
    }

    @Test
    void only_strong_tags_of_ours_match() {
        assertThat(EntityTags.ifMatch("\"7\", W/\"8\", \"x\", \"005\", \"9\"").revisions())
                .containsExactlyInAnyOrder(7L, 9L);
        assertThat(EntityTags.ifMatch("W/\"8\"").revisions()).isEmpty();
        assertThat(EntityTags.ifMatch("\"99999999999999999999\"").revisions()).isEmpty();
    }

    @Test
    void a_list_may_have_empty_elements_but_needs_its_commas() {
        for (String list : new String[] {"*", "\"1\"", "W/\"1\"", "\"\"", "\"1\",", ", \"1\"", " \"1\"\t,,\"2\" "}) {
            assertThat(EntityTags.areIn(list)).as(list).isTrue();
        }
        for (String none :
                new String[] {"", " ", ",", "1", "\"1\"\"2\"", "\"1\" \"2\"", "*, \"1\"", "W/*", "\"a b\"", "\"1"}) {
            assertThat(EntityTags.areIn(none)).as(none).isFalse();
        }
    }

    @Test
    void thousands_of_tags_are_read_without_a_deep_stack() {
        assertThat(EntityTags.areIn("\"1\",".repeat(100_000))).isTrue();
    }
}
