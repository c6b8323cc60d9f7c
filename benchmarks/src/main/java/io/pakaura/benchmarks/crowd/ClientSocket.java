package io.pakaura.benchmarks.crowd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A WebSocket of the crowd: tells it of each event, and answers pings. */
public final class ClientSocket implements Crowd.Reader {
    private static final Pattern TYPE = Pattern.compile("\"type\":\"([^\"]*)\"");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Crowd crowd;
    private final SocketChannel channel;
    private ByteBuffer rest;
    private volatile boolean left;

    ClientSocket(Crowd crowd, Handshake.Opened opened) {
        this.crowd = crowd;
        this.channel = opened.channel();
        this.rest = opened.rest();
    }

    /** From now on the crowd reads it. To be called once. */
    public void startReading() throws IOException {
        crowd.register(channel, this);
    }

    void close() {
        left = true;
        closeChannel();
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException gone) {
            // It is closed then, too.
        }
    }

    @Override
    public void read(ByteBuffer buffer) {
        if (left) {
            return;
        }
        buffer.put(rest);
        if (!receive(buffer)) {
            end();
            return;
        }
        FrameParser.parse(buffer.flip(), this::frame);
        rest = buffer.hasRemaining()
                ? ByteBuffer.allocate(buffer.remaining()).put(buffer).flip()
                : NOTHING;
    }

    /** Whether the connection is still there. */
    private boolean receive(ByteBuffer buffer) {
        try {
            return channel.read(buffer) >= 0;
        } catch (IOException reset) {
            return false;
        }
    }

    private void end() {
        closeChannel();
        if (!left) {
            left = true;
            crowd.lostOne();
        }
    }

    private void frame(int opcode, ByteBuffer buffer, int start, int length) {
        if (opcode == FrameParser.TEXT && length == SampleEvent.BYTES) {
            crowd.received(SampleEvent.number(buffer, start));
        } else if (opcode == FrameParser.TEXT) {
            other(FrameParser.text(buffer, start, length));
        } else if (opcode == FrameParser.CLOSE) {
            crowd.noticed("close " + (length < 2 ? "without a code" : buffer.getShort(start) & 0xffff));
        }
    }

    private void other(String text) {
        Matcher type = TYPE.matcher(text);
        String found = type.find() ? type.group(1) : "unknown";
        if (found.equals("sync.ping")) {
            pong();
        } else {
            crowd.noticed(found);
        }
    }

    private void pong() {
        try {
            ByteBuffer pong = ClientFrame.pong();
            while (pong.hasRemaining() && channel.write(pong) > 0) {
                // So small a frame goes out at once.
            }
        } catch (IOException gone) {
            // The next read finds out.
        }
    }
}
