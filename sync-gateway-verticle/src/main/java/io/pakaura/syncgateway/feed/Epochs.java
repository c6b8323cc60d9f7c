package io.pakaura.syncgateway.feed;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which history the task APIs count. While a new epoch makes its way, some of them still tell the one before: an epoch that
 * was left is no news, unless nobody tells the present one any more. For one thread.
 */
final class Epochs {
    /** Epochs change by an operator's hand. */
    private static final int REMEMBERED = 100;

    private final Set<String> left = new LinkedHashSet<>();
    private @Nullable String present;

    /** @return whether history has changed with this */
    boolean hear(String epoch) {
        return !epoch.equals(present) && !left.contains(epoch) && turnTo(epoch);
    }

    /**
     * Looks at what the instances that are alive have told last.
     *
     * @return whether history has changed: all of them have left the present epoch
     */
    boolean compareWith(Set<String> told) {
        boolean isLeft = present != null && !told.isEmpty() && !told.contains(present);
        return isLeft && turnTo(told.iterator().next());
    }

    private boolean turnTo(String epoch) {
        String before = present;
        present = epoch;
        left.remove(epoch);
        if (before == null) {
            return false;
        }
        left.add(before);
        if (left.size() > REMEMBERED) {
            left.remove(left.iterator().next());
        }
        return true;
    }
}
