package io.pakaura.service;

import java.time.Duration;

/**
 * What a connection to a public listener may cost.
 *
 * @param connections so many on an event loop; more are closed as soon as they come
 * @param firstRequest who opens a connection has a request to send: its head is there after so long, or the connection ends
 * @param body so long a body may take to arrive
 * @param idle nothing read and nothing written: longer than a proxy in front keeps a connection that it does not use
 * @param noAnswer no answer read for so long, however busily the peer sends: it drips bytes, or does not read
 */
public record ConnectionLimits(
        int connections, Duration firstRequest, Duration body, Duration idle, Duration noAnswer) {

    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            4_096, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofSeconds(110));

    /** The event loops of a process together take this part of the files that it may have open. */
    private static final int SHARE_OF_FILES = 4;

    /**
     * These for a process of so many event loops, with fewer connections where it may not have that many files open.
     *
     * @param openFiles {@link OpenFiles#most}
     */
    public ConnectionLimits within(long openFiles, int eventLoops) {
        long each = Math.max(1, openFiles / SHARE_OF_FILES / eventLoops);
        return new ConnectionLimits((int) Math.min(connections, each), firstRequest, body, idle, noAnswer);
    }
}
