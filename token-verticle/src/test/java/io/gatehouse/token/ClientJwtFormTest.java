package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Base64Url;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no JWT of one reading, and what another key or algorithm made. */
class ClientJwtFormTest extends ClientJwtCase {
    @ParameterizedTest
    @CsvSource({"HS256,HS384", "HS256,HS512", "HS512,HS256", "HS256,none", "HS256,None", "HS256,RS256", "HS256,hs256"})
    void verify_refusesAnyOtherAlgorithm(String pinned, String named) {
        algorithm = pinned;
        invalid(signed(header(named), "{" + DATED + "}"));
        invalid(encode(header(named)) + "." + encode("{" + DATED + "}") + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
                "{\"alg\":\"HS256\",\"jku\":\"https://evil.example/\"}",
                "{\"alg\":\"HS256\",\"x5u\":\"https://evil.example/\"}",
                "{\"alg\":\"HS256\",\"x5c\":[]}",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"HS256\",\"crit\":null}",
                "{\"alg\":\"HS256\",\"b64\":false}",
                "{\"alg\":\"HS256\",\"enc\":\"A256GCM\"}",
                "{\"alg\":\"HS256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":null}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\"}{}",
                "{\"alg\":\"HS256\"",
                "[\"HS256\"]",
                "\"HS256\"",
                "null",
                "",
                "x",
            })
    void verify_refusesAHeaderThatBringsMoreOrLess(String header) {
        invalid(signed(header, "{" + DATED + "}"));
    }

    @Test
    void verify_refusesAnotherSignature() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        int dot = jwt.lastIndexOf('.');
        byte[] mac = Base64.getUrlDecoder().decode(jwt.substring(dot + 1));
        invalid(jwt.substring(0, dot + 1));
        invalid(jwt.substring(0, dot));
        for (int length : new int[] {1, 16, 31}) {
            invalid(jwt.substring(0, dot + 1) + Base64Url.encode(Arrays.copyOf(mac, length)));
        }
        invalid(jwt.substring(0, dot + 1) + Base64Url.encode(Arrays.copyOf(mac, 33)));
        mac[31] ^= 1;
        invalid(jwt.substring(0, dot + 1) + Base64Url.encode(mac));
        invalid(signed(PLAIN, "{" + DATED + "}", KEY + "x", "HS256"));
        invalid(signed(PLAIN, "{" + DATED + "}", Samples.SECRET, "HS256"));
        invalid(signed(PLAIN, "{" + DATED + "}", KEY, "HS512"));
        invalid(encode(PLAIN) + "." + encode("{" + DATED + ",\"x\":1}") + jwt.substring(dot));
    }

    @Test
    void verify_refusesWhatIsNoJwsOfThreeSegments() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        for (String text : List.of(
                "",
                ".",
                "..",
                "...",
                "a.b",
                "x",
                jwt + "=",
                jwt + ".",
                jwt + "." + jwt,
                jwt + ".." + jwt,
                " " + jwt,
                jwt + "\n",
                "." + jwt,
                jwt.replace('.', ','),
                encode("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..AAAA.AAAA.AAAA",
                "é".repeat(40))) {
            invalid(text);
        }
    }

    @Test
    void verify_refusesWhatIsTooLong() {
        String padding = "\"pad\":\"" + "x".repeat(5_900) + "\"";
        assertThat(state(signed(PLAIN, "{" + DATED + "," + padding + "}"), ADA)).isNotNull();
        String longer = "\"pad\":\"" + "x".repeat(6_200) + "\"";
        assertThat(invalid(signed(PLAIN, "{" + DATED + "," + longer + "}"))).contains("longer than 8192");
        invalid("x".repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "[]",
                "\"web\"",
                "{",
                "{}",
                "{}{}",
                "{client_id:1}",
                "{\"client_id\":\"web\",\"client_id\":\"web\",\"iat\":0}",
                "{\"a\":[[[[[[[[[[[[1]]]]]]]]]]]]}",
                "{\"payload\":7}",
                "{\"payload\":\"web\"}",
                "{\"payload\":null}",
            })
    void verify_refusesAPayloadThatIsNoPlainObject(String payload) {
        invalid(signed(PLAIN, payload));
        invalid(signed(
                PLAIN, payload.startsWith("{\"") ? payload.replaceFirst("\\{", "{" + DATED + ",") + "x" : payload));
    }

    @Test
    void verify_refusesPayloadsThatAreDeepOrNameAThingTwice() {
        invalid(signed(PLAIN, "{" + DATED + ",\"a\":" + "[".repeat(9) + "]".repeat(9) + "}"));
        invalid(signed(PLAIN, "{" + DATED + ",\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}"));
        invalid(signed(PLAIN, "{" + DATED + ",\"email\":\"a@b.c\",\"email\":\"a@b.c\"}"));
        invalid(signed(PLAIN, "{" + DATED + ",\"payload\":{\"a\":1,\"a\":2}}"));
        invalid(signed(PLAIN, "{" + DATED + "} {}"));
        invalid(signed(PLAIN, "{" + DATED + ",}"));
        invalid(signed(PLAIN, "{" + DATED + ",\"a\":" + "9".repeat(2_000) + "}"));
    }

    /** Another reader of the same bytes would see another text, or none. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void verify_refusesAnyOtherEncoding(String charset) {
        String payload = "{" + DATED + "}";
        invalid(mac(encode(PLAIN) + "." + encode(payload, charset), KEY, algorithm));
        invalid(mac(encode(PLAIN, charset) + "." + encode(payload), KEY, algorithm));
    }

    @Test
    void verify_refusesAByteOrderMarkAndBrokenUtf8() {
        invalid(signed(PLAIN, "\uFEFF{" + DATED + "}"));
        invalid(signed("\uFEFF" + PLAIN, "{" + DATED + "}"));
        String latin = encode("{" + DATED + ",\"a\":\"\u00e9\"}", "ISO-8859-1");
        invalid(mac(encode(PLAIN) + "." + latin, KEY, algorithm));
        assertThat(state(signed(PLAIN, "{" + DATED + ",\"a\":\"\u00e9\"}"), ADA))
                .isNotNull();
    }
}
