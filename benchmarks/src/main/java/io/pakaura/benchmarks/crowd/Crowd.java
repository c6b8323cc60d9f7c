package io.pakaura.benchmarks.crowd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of WebSockets and the connections that feed them, all read by one thread of its own. Other methods are for any
 * thread, and block.
 */
public final class Crowd implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 * 1024;

    /** Few, so that nobody who limits those that have not said who they are turns one away. */
    private static final int HANDSHAKES_AT_ONCE = 16;

    private final Selector selector;
    private final Thread thread;
    private final ExecutorService handshakes = Executors.newFixedThreadPool(HANDSHAKES_AT_ONCE);
    private final List<FeedRun> runs = new CopyOnWriteArrayList<>();
    private final AtomicLong lost = new AtomicLong();
    private final Map<String, Integer> notices = new TreeMap<>();
    private volatile @Nullable Throwable failure;

    private Crowd(Selector selector) {
        this.selector = selector;
        this.thread = new Thread(this::run, "crowd");
        thread.setDaemon(true);
    }

    /** What the thread reads. */
    interface Reader {
        /** There is something to read. */
        void read(ByteBuffer buffer) throws IOException;
    }

    public static Crowd start() throws IOException {
        Crowd crowd = new Crowd(Selector.open());
        crowd.thread.start();
        return crowd;
    }

    /**
     * Who comes.
     *
     * @param user for servers that don't know tokens
     */
    public record Visitor(String user, String token) {}

    /** Opens a socket for each; returns when all are welcomed. */
    public List<ClientSocket> join(int port, List<Visitor> visitors) throws Exception {
        List<Future<ClientSocket>> opening = new ArrayList<>();
        for (Visitor visitor : visitors) {
            opening.add(handshakes.submit(() -> join(port, visitor)));
        }
        List<ClientSocket> sockets = new ArrayList<>();
        for (Future<ClientSocket> socket : opening) {
            sockets.add(socket.get());
        }
        return sockets;
    }

    /** Opens one socket; returns when it is welcomed. */
    public ClientSocket join(int port, Visitor visitor) throws IOException {
        ClientSocket socket = joinWithoutReading(port, visitor);
        socket.startReading();
        return socket;
    }

    /** Opens one socket, from which nothing is read after its welcome until {@link ClientSocket#startReading}. */
    public ClientSocket joinWithoutReading(int port, Visitor visitor) throws IOException {
        return new ClientSocket(this, Handshake.open(port, visitor.user(), visitor.token()));
    }

    /** Closes sockets, as a client does that vanishes: without a close frame. */
    public void leave(Collection<ClientSocket> sockets) {
        sockets.forEach(ClientSocket::close);
    }

    void register(SocketChannel channel, Reader reader) throws ClosedChannelException {
        channel.register(selector, SelectionKey.OP_READ, reader);
        selector.wakeup();
    }

    void add(FeedRun run) {
        runs.add(run);
    }

    void remove(FeedRun run) {
        runs.remove(run);
    }

    /** Sockets that a server ended. */
    public long lost() {
        return lost.get();
    }

    /** What servers said besides events, welcomes and pings, with the count of each. */
    public Map<String, Integer> notices() {
        synchronized (notices) {
            return new TreeMap<>(notices);
        }
    }

    /** @throws IllegalStateException if something went wrong that makes every number worthless */
    void check() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the load is broken", cause);
        }
    }

    // From here on, on the crowd's thread.

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (selector.isOpen()) {
                selector.select(key -> read(key, buffer));
            }
        } catch (IOException | RuntimeException broken) {
            failure = broken;
        }
    }

    private static void read(SelectionKey key, ByteBuffer buffer) {
        try {
            ((Reader) key.attachment()).read(buffer.clear());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    void received(long number) {
        long now = System.nanoTime();
        for (FeedRun run : runs) {
            if (run.takes(number, now)) {
                return;
            }
        }
    }

    void noticed(String type) {
        synchronized (notices) {
            notices.merge(type, 1, Integer::sum);
        }
    }

    void lostOne() {
        lost.incrementAndGet();
    }

    void fail(Throwable cause) {
        failure = cause;
    }

    @Override
    public void close() throws Exception {
        handshakes.shutdownNow();
        selector.close();
        thread.join();
    }
}
