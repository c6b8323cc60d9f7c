package io.pakaura.benchmarks.floor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WebSockets as far as our own load needs them: the handshake of RFC 6455, section 4.2, and text frames out. What a client
 * says after it is thrown away. For one event loop.
 */
final class RawSockets {
    private static final Pattern USER = Pattern.compile("^GET \\S*[?&]user=([\\w-]+) ");
    private static final Pattern KEY = Pattern.compile("\r\nSec-WebSocket-Key: (\\S+)\r\n");
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
    private static final Buffer WELCOME = frame(Buffer.buffer("{\"type\":\"sync.welcome\"}"));

    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int LARGEST_SHORT = 0xffff;

    private final Map<String, List<NetSocket>> users = new HashMap<>();

    void connected(NetSocket socket) {
        Buffer head = Buffer.buffer();
        socket.handler(bytes -> {
            head.appendBuffer(bytes);
            String text = head.toString(ISO_8859_1);
            if (text.contains(END_OF_HEAD)) {
                socket.handler(ignored -> {});
                upgrade(socket, text);
            }
        });
    }

    private void upgrade(NetSocket socket, String head) {
        String user = find(USER, head);
        List<NetSocket> ofUser = users.computeIfAbsent(user, first -> new ArrayList<>());
        socket.closeHandler(closed -> {
            ofUser.remove(socket);
            if (ofUser.isEmpty()) {
                users.remove(user, ofUser);
            }
        });
        ofUser.add(socket);
        String answer = SWITCH + accept(find(KEY, head)) + END_OF_HEAD;
        write(socket, Buffer.buffer(answer, ISO_8859_1.name()).appendBuffer(WELCOME));
    }

    private static String find(Pattern pattern, String head) {
        Matcher matcher = pattern.matcher(head);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no handshake that the load makes: " + head);
        }
        return matcher.group(1);
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }

    void send(String user, Buffer event) {
        List<NetSocket> sockets = users.get(user);
        if (sockets != null) {
            Buffer frame = frame(event);
            for (NetSocket socket : sockets) {
                write(socket, frame);
            }
        }
    }

    private static void write(NetSocket socket, Buffer bytes) {
        socket.write(bytes).onFailure(FloorService::logFailure);
    }

    private static Buffer frame(Buffer payload) {
        int length = payload.length();
        Buffer frame = Buffer.buffer(length + 10).appendByte(FINAL_TEXT);
        if (length < SHORT_LENGTH) {
            frame.appendByte((byte) length);
        } else if (length <= LARGEST_SHORT) {
            frame.appendByte((byte) SHORT_LENGTH).appendUnsignedShort(length);
        } else {
            frame.appendByte((byte) LONG_LENGTH).appendLong(length);
        }
        return frame.appendBuffer(payload);
    }
}
