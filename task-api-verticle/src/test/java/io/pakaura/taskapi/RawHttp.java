package io.pakaura.taskapi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HTTP/1.1 written by hand, for what no decent client would send. */
final class RawHttp {
    private static final int PATIENCE_MS = 30_000;

    private RawHttp() {}

    /** @param body as it was sent, headers aside */
    record Answer(int status, Map<String, List<String>> headers, String body) {
        /** Empty if there is no such header. */
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()));
        }
    }

    /** Sends bytes and reads until the peer closes: say {@code Connection: close}. */
    static Answer exchange(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request);
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    static Answer exchange(int port, String request) throws IOException {
        return exchange(port, request.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no HTTP answer: " + text);
        }
        String[] head = text.substring(0, end).split("\r\n", -1);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(": ?", 2);
            headers.computeIfAbsent(header[0].toLowerCase(java.util.Locale.ROOT), name -> new ArrayList<>())
                    .add(header[1]);
        }
        return new Answer(Integer.parseInt(head[0].split(" ", 3)[1]), headers, text.substring(end + 4));
    }
}
