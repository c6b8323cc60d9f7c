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
}
