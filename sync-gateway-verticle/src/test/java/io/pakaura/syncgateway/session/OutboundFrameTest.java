package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundFrameTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
    void a_client_reads_what_was_written(int length) {
        String text = "x".repeat(length);
        OutboundFrame frame = OutboundFrame.of(text);

        assertThat(read(frame)).isEqualTo(text);
        assertThat(read(frame)).as("a second socket").isEqualTo(text);
        assertThat(frame.text()).isEqualTo(text);
    }

    @Test
    void sockets_share_a_copy_until_the_last_has_taken_it() {
        OutboundFrame frame = OutboundFrame.of("for all");
        OutboundFrame shared = frame.share();
        ByteBuf slow = shared.wire();

        assertThat(read(shared)).isEqualTo("for all");
        shared.release();
        assertThat(slow.isDirect()).isTrue();
        assertThat(slow.refCnt()).as("one socket has not taken it").isEqualTo(1);
        assertThat(slow.readableBytes()).isEqualTo(frame.bytes());
        slow.release();

        assertThat(slow.refCnt()).as("nobody needs it").isZero();
        assertThat(read(frame)).as("the frame itself stays").isEqualTo("for all");
    }

    private static String read(OutboundFrame frame) {
        EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .maxFramePayloadLength(1_000_000)
                .build()));
        ByteBuf wire = frame.wire();
        assertThat(wire.readableBytes()).isEqualTo(frame.bytes());
        client.writeInbound(wire);
        TextWebSocketFrame received = client.readInbound();
        try {
            assertThat(received.isFinalFragment()).isTrue();
            return received.text();
        } finally {
            received.release();
            client.finishAndReleaseAll();
        }
    }
}
