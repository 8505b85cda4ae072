package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private final StrictJson json = new StrictJson(4);

    private Object decode(String text) {
        return json.decode(Buffer.buffer(text));
    }

    @Test
    void everythingThatJsonCanSayIsRead() {
        assertThat(decode(" {\"a\": [1, null], \"b\": {\"a\": \"\\u00e4\"}} "))
                .isEqualTo(new JsonObject()
                        .put("a", new JsonArray().add(1).addNull())
                        .put("b", new JsonObject().put("a", "\u00e4")));
        assertThat(decode("[]")).isEqualTo(new JsonArray());
        assertThat(decode("\"x\"")).isEqualTo("x");
        assertThat(decode("null")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{} {}",
                "{}x",
                "1 2",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"c\":{},\"\\u0062\":2}}",
                "[{\"a\":1,\"a\":2}]",
                "{'a':1}",
                "{a:1}",
                "// x\n{}",
                "NaN",
                "[[[[[]]]]]"
            })
    void whatTwoReadersMightUnderstandDifferentlyIsNot(String text) {
        assertThatThrownBy(() -> decode(text)).isInstanceOf(DecodeException.class);
    }

    @Test
    void depthIsBounded() {
        assertThat(decode("[[[[]]]]")).isInstanceOf(JsonArray.class);
    }

    /** Noise ends in one way only. */
    @Test
    void noBytesDoHarm() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            for (int k = 0; k < bytes.length; k += 2) {
                bytes[k] = (byte) "{}[]\":,\\u0e-".charAt(random.nextInt(12));
            }
            try {
                json.decode(Buffer.buffer(bytes));
            } catch (DecodeException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }
}
