package io.pakaura.syncgateway.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How this module reads JSON: strictly, since two readers of one ambiguous text may see two different events. */
public final class Json {

    private Json() {}

    /** A new mapper; a process needs only one. */
    public static ObjectMapper mapper() {
        // Bytes are UTF-8 and nothing else: what Jackson takes for UTF-16 a browser could not read.
        JsonFactory factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
