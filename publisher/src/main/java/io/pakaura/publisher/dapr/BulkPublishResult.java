package io.pakaura.publisher.dapr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a bulk publish. */
public sealed interface BulkPublishResult {

    /** What became of the first event that is not known to be published; {@code null} if all are. */
    @Nullable
    PublishResult failure();

    /**
     * What became of each event is known.
     *
     * @param results one for each event, in the order given
     */
    record PerEvent(List<PublishResult> results) implements BulkPublishResult {
        public PerEvent {
            results = List.copyOf(results);
        }

        @Override
        public @Nullable PublishResult failure() {
            return results.stream()
                    .filter(result -> !(result instanceof PublishResult.Published))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * Nothing is known of single events: the broker may have any of them, or none.
     *
     * @param failure never {@link PublishResult.Published}
     */
    record AsOne(PublishResult failure) implements BulkPublishResult {
        public AsOne {
            if (failure instanceof PublishResult.Published) {
                throw new IllegalArgumentException("what is published is known of each event");
            }
        }
    }
}
