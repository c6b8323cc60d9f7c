package io.pakaura.syncgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A TCP connection to the gateway whose bytes a test writes by hand: for what no decent client would send. */
final class RawSocket implements AutoCloseable {
    static final int FINAL = 0x80;
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** What {@link #end} tells if there was no close frame (RFC 6455, section 7.4.1). */
    static final int CUT = 1006;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private final Socket socket = new Socket();
    private final DataInputStream in;

    /** A frame as it came. */
    static final class Frame {
        private final int head;
        private final byte[] payload;

        Frame(int head, byte[] payload) {
            this.head = head;
            this.payload = payload;
        }

        /** The first byte: FIN, reserved bits and opcode. */
        int head() {
            return head;
        }

        byte[] payload() {
            return payload;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Of a close frame; 1005 if it has none. */
        int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        @Override
        public String toString() {
            return Integer.toHexString(head) + " " + text();
        }
    }

    private RawSocket(int port, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Connected, and nothing said. */
    static RawSocket connect(GatewayFixture fixture) {
        return connect(fixture.gateway.httpPort());
    }

    static RawSocket connect(int port) {
        return new RawSocket(port, 0);
    }

    /** Connected by a socket that takes next to nothing. */
    static RawSocket connectWithoutRoom(GatewayFixture fixture) {
        return new RawSocket(fixture.gateway.httpPort(), 2_048);
    }

    /** A WebSocket that has said nothing yet. */
    static RawSocket upgraded(GatewayFixture fixture) {
        return connect(fixture).upgrade();
    }

    /** The same, found in the log by this id. */
    static RawSocket upgraded(GatewayFixture fixture, String correlationId) {
        RawSocket socket = connect(fixture).write(handshake("13", "X-Correlation-Id: " + correlationId + "\r\n"));
        assertThat(socket.head()).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    /** A WebSocket that was welcomed. */
    static RawSocket welcomed(GatewayFixture fixture, String user) {
        RawSocket socket = upgraded(fixture).text(hello(GatewayFixture.token(user)));
        assertThat(socket.next().text()).contains("sync.welcome");
        return socket;
    }

    static String hello(String token) {
        return event("sync.hello", "\"data\":{\"token\":\"" + token + "\"}");
    }

    /** @param more fields, in JSON */
    static String event(String type, String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"test\",\"type\":\"" + type + "\"," + more + "}";
    }

    RawSocket upgrade() {
        write(handshake("13"));
        assertThat(head()).startsWith("HTTP/1.1 101 ");
        return this;
    }

    /** @param more header lines, each with its end */
    static String handshake(String version, String... more) {
        return "GET /sync HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: " + version + "\r\n"
                + String.join("", more) + "\r\n";
    }

    /** A masked frame. */
    static byte[] frame(int head, byte[] payload) {
        return concat(header(head, payload.length), masked(payload));
    }

    /** The header of a masked frame, its mask included, whether so many bytes follow or not. */
    static byte[] header(int head, long length) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) head);
        if (length >= 0 && length < 126) {
            header.put((byte) (MASKED | length));
        } else if (length >= 0 && length < 0x10000) {
            header.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            header.put((byte) (MASKED | 127)).putLong(length);
        }
        header.put(MASK);
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    private static byte[] masked(byte[] payload) {
        byte[] masked = payload.clone();
        for (int n = 0; n < masked.length; n++) {
            masked[n] ^= MASK[n % MASK.length];
        }
        return masked;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The payload of a close frame. */
    static byte[] closing(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    @CanIgnoreReturnValue
    RawSocket text(String text) {
        return write(frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    @CanIgnoreReturnValue
    RawSocket write(String text) {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The test fails if the gateway has cut the connection. */
    @CanIgnoreReturnValue
    RawSocket write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @return not if the gateway has cut the connection */
    boolean isWritten(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    /** Sends bytes, as far as the gateway takes them, and a FIN. */
    RawSocket sendLast(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException cut) {
            // What was said meanwhile may still be read.
        }
        return this;
    }

    /** The head of an HTTP answer. */
    String head() {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) readByte());
        }
        return head.toString();
    }

    /** The status of an HTTP answer. */
    int status() {
        return Integer.parseInt(head().split(" ", 3)[1]);
    }

    private int readByte() {
        try {
            return in.readUnsignedByte();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The next frame. */
    Frame next() {
        try {
            return read();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Frame read() throws IOException {
        int head = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return new Frame(head, in.readNBytes((int) length));
    }

    /** Reads until the connection is gone, and answers no close: the gateway's close code, or {@link #CUT}. */
    int end() {
        int code = CUT;
        try {
            while (true) {
                Frame next = read();
                code = (next.head() & 0xf) == CLOSE && code == CUT ? next.closeCode() : code;
            }
        } catch (EOFException | SocketException gone) {
            return code;
        } catch (IOException late) {
            throw new AssertionError("the connection is still there; code " + code, late);
        }
    }

    /** Waits until an HTTP connection is gone, whatever is said on it. */
    void awaitEnd() {
        try {
            in.readAllBytes();
        } catch (SocketException gone) {
            // Cut while something was on its way.
        } catch (IOException late) {
            throw new AssertionError("the connection is still there", late);
        }
    }

    /** Ends it without a FIN. */
    void vanish() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
