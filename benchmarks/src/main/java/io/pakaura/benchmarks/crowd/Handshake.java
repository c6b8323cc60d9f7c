package io.pakaura.benchmarks.crowd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Opens a WebSocket (RFC 6455, section 4.1), says {@code sync.hello} and waits for {@code sync.welcome}. Blocking. */
final class Handshake {
    private static final String UPGRADE =
            """
            GET /sync?user=%s HTTP/1.1\r
            Host: 127.0.0.1\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Protocol: cloudevents.json\r
            \r
            """;

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(30).toMillis();
    private static final int BUFFER_BYTES = 8 * 1024;

    private final SocketChannel channel;
    private final InputStream input;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private boolean welcome;

    private Handshake(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.input = channel.socket().getInputStream();
    }

    /** A channel that does not block any more, and what came after the welcome. */
    record Opened(SocketChannel channel, ByteBuffer rest) {}

    /** @param user for servers that don't know tokens */
    static Opened open(int port, String user, String token) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            channel.socket().setSoTimeout(PATIENCE_MILLIS);
            ByteBuffer rest = new Handshake(channel).run(user, token);
            channel.configureBlocking(false);
            return new Opened(channel, rest);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private ByteBuffer run(String user, String token) throws IOException {
        write(ByteBuffer.wrap(UPGRADE.formatted(user).getBytes(ISO_8859_1)));
        awaitUpgrade();
        write(ClientFrame.hello(token));
        FrameParser.parse(received, this::read);
        while (!welcome) {
            receive();
            FrameParser.parse(received, this::read);
        }
        return ByteBuffer.allocate(received.remaining()).put(received).flip();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void awaitUpgrade() throws IOException {
        String head = "";
        int end = -1;
        while (end < 0) {
            receive();
            head = new String(received.array(), received.position(), received.remaining(), ISO_8859_1);
            end = head.indexOf("\r\n\r\n");
        }
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no upgrade: " + head.lines().findFirst().orElse(""));
        }
        received.position(received.position() + end + 4);
    }

    private void receive() throws IOException {
        int end = received.limit();
        int count = input.read(received.array(), end, received.capacity() - end);
        if (count < 0) {
            throw new EOFException("the server closed the connection in the handshake");
        }
        received.limit(end + count);
    }

    private void read(int opcode, ByteBuffer buffer, int start, int length) {
        if (welcome) {
            return;
        }
        String text = FrameParser.text(buffer, start, length);
        if (opcode != FrameParser.TEXT || !text.contains("sync.welcome")) {
            throw new IllegalStateException("no welcome, but opcode " + opcode + ": " + text);
        }
        welcome = true;
    }
}
