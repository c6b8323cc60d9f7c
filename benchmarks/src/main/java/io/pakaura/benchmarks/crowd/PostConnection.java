package io.pakaura.benchmarks.crowd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;

/** A connection over which events are posted, one at a time. While it has none under way it is in the queue of idle ones. */
final class PostConnection implements Crowd.Reader {
    private final Crowd crowd;
    private final SocketChannel channel;
    private final Queue<PostConnection> idle;
    private String received = "";
    private volatile boolean closed;

    private PostConnection(Crowd crowd, SocketChannel channel, Queue<PostConnection> idle) {
        this.crowd = crowd;
        this.channel = channel;
        this.idle = idle;
    }

    static PostConnection open(Crowd crowd, int port, Queue<PostConnection> idle) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        PostConnection connection = new PostConnection(crowd, channel, idle);
        crowd.register(channel, connection);
        idle.add(connection);
        return connection;
    }

    /** By whoever took it from the queue. */
    void send(ByteBuffer request) throws IOException {
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    void close() throws IOException {
        closed = true;
        channel.close();
    }

    @Override
    public void read(ByteBuffer buffer) throws IOException {
        if (closed) {
            return;
        }
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server closed a connection that events are posted over");
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        received += new String(bytes, ISO_8859_1);
        Answer answer = Answer.parse(received);
        if (answer == null) {
            return;
        }
        received = "";
        if (!answer.tookEvent()) {
            crowd.fail(new IllegalStateException("an event was answered with " + answer));
        }
        idle.add(this);
    }
}
