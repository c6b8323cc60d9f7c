package io.pakaura.benchmarks.crowd;

import java.nio.ByteBuffer;

/**
 * The POST of a user's event, all its bytes ready but the event's number, with the headers that daprd sends. For one thread:
 * {@link #numbered} returns the same buffer each time.
 */
public final class EventRequest {
    private static final String HEAD =
            """
            POST %s HTTP/1.1\r
            Host: 127.0.0.1\r
            User-Agent: Go-http-client/1.1\r
            Content-Length: %d\r
            Content-Type: application/cloudevents+json\r
            Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r
            __key: %s\r
            __offset: 4711\r
            __partition: 0\r
            __timestamp: 1795251600000\r
            __topic: task-updates\r
            Accept-Encoding: gzip\r
            \r
            """;

    private final byte[] bytes;
    private final int revisionAt;
    private final int idAt;
    private final ByteBuffer buffer;

    private EventRequest(byte[] bytes, int revisionAt, int idAt) {
        this.bytes = bytes;
        this.revisionAt = revisionAt;
        this.idAt = idAt;
        this.buffer = ByteBuffer.wrap(bytes);
    }

    /** @param path of the route that takes the event */
    public static EventRequest of(String path, String user) {
        String event = SampleEvent.text(user);
        String head = HEAD.formatted(path, SampleEvent.bytes(event).length, user);
        return new EventRequest(
                SampleEvent.bytes(head + event),
                head.length() + SampleEvent.revisionAt(),
                head.length() + SampleEvent.idAt(event));
    }

    ByteBuffer numbered(long number) {
        SampleEvent.putNumber(bytes, revisionAt, number);
        SampleEvent.putNumber(bytes, idAt, number);
        return buffer.rewind();
    }
}
