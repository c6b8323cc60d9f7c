package io.pakaura.quickstart;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names under which this machine knows itself. A page of any other name that was made to lead here (DNS rebinding)
 * sends its own name in {@code Host}, and no script can change that.
 */
final class LocalHosts {
    /** Browsers ask no name server for {@code *.localhost} (RFC 6761, section 6.3). */
    private static final Pattern OURS = Pattern.compile(
            "(?:(?:[a-z0-9._-]*\\.)?localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]{0,5})?", Pattern.CASE_INSENSITIVE);

    private LocalHosts() {}

    /**
     * Whether one of them is meant.
     *
     * @param host a request's {@code Host}, on whichever port: a forwarded one is as good as ours
     */
    static boolean include(@Nullable String host) {
        return host != null && OURS.matcher(host).matches();
    }
}
