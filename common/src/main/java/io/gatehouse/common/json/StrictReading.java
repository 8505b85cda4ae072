package io.gatehouse.common.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads JSON of which nobody can make two things: no member stands twice in an object, and nothing is nested deeply. */
public final class StrictReading {
    private StrictReading() {}

    /** @param depth to which objects and lists may be nested */
    public static JsonFactory tokens(int depth) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(depth).build())
                .build();
    }

    /**
     * Of one value, with nothing behind it.
     *
     * @param depth to which objects and lists may be nested
     */
    public static JsonMapper trees(int depth) {
        return JsonMapper.builder(tokens(depth))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
