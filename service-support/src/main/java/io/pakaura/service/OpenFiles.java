package io.pakaura.service;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many files this process may have open, of which each connection is one. A process that has them all open accepts
 * no connection any more, not even its sidecar's.
 */
public final class OpenFiles {
    /** Where the system doesn't tell, or has no limit. */
    private static final long UNKNOWN = 1L << 20;

    private OpenFiles() {}

    /** The limit ({@code ulimit -n}), which the JVM has raised as far as it is allowed to. Safe on any thread. */
    public static long most() {
        long told = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : UNKNOWN;
        return told > 0 ? told : UNKNOWN;
    }
}
