package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUriTest {
    private static final String POSTGRES = "kind: postgres, uri: 'postgresql://u:p@h/d', ";

    @Test
    void isTakenApart() {
        assertThat(RedisUri.parse(
                        "rediss://us%40er:p%3Aa%2Fs+s%25@redis.example.org:6543/7?sslrootcert=/etc/ca%20file"))
                .isEqualTo(new RedisUri(
                        RedisUri.Layout.STANDALONE,
                        "us@er",
                        SecretValue.of("p:a/s+s%"),
                        List.of(new RedisUri.Server("redis.example.org", 6543)),
                        null,
                        7,
                        true,
                        Path.of("/etc/ca file")));
    }

    @Test
    void hasDefaults() {
        RedisUri uri = RedisUri.parse("redis://[::1]");

        assertThat(uri)
                .isEqualTo(new RedisUri(
                        RedisUri.Layout.STANDALONE,
                        null,
                        null,
                        List.of(new RedisUri.Server("[::1]", 6379)),
                        null,
                        0,
                        false,
                        null));
        assertThat(uri.place()).isEqualTo("[::1] port 6379");
    }

    @Test
    void namesServersThatBelongTogether() {
        RedisUri sentinels = RedisUri.parse("redis+sentinel://:secret@one,two:5000/mymaster");
        assertThat(sentinels.layout()).isEqualTo(RedisUri.Layout.SENTINEL);
        assertThat(sentinels.master()).isEqualTo("mymaster");
        assertThat(sentinels.servers())
                .containsExactly(new RedisUri.Server("one", 26379), new RedisUri.Server("two", 5000));
        assertThat(sentinels.place()).isEqualTo("one port 26379, two port 5000");

        RedisUri cluster = RedisUri.parse("rediss+cluster://one,[::1]:7000");
        assertThat(cluster.layout()).isEqualTo(RedisUri.Layout.CLUSTER);
        assertThat(cluster.tls()).isTrue();
        assertThat(cluster.servers())
                .containsExactly(new RedisUri.Server("one", 6379), new RedisUri.Server("[::1]", 7000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://127.0.0.1|false",
                "redis://:p@localhost|false",
                "redis://[::1]|false",
                "redis://10.0.0.1|true",
                "rediss://10.0.0.1|false",
                "redis+cluster://127.0.0.1,10.0.0.1|true",
            })
    void plaintextBeyondThisMachineIsExposed(String uri, boolean exposed) {
        assertThat(RedisUri.parse(uri).exposed()).isEqualTo(exposed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://:hidden@h|is not of the form",
                "redis://:hidden@|is not of the form",
                "redis://hidden@h|is not of the form",
                "redis://:hid@den@h|is not of the form",
                "redis://:hidden@a_b|is not of the form",
                "redis://:hidden@h?db=1|is not of the form",
                "redis://:hidden@h/one|must end with /DATABASE",
                "redis://:hidden@h:99999|has a port outside",
                "redis://:hidden@h,i|names more than one server",
                "redis://:hidden%zz@h|holds a % that two hexadecimal digits don't follow",
                "redis://:hidden%0a@h|holds a control character",
                "redis://:hidden@h?sslrootcert=/ca|not looked at without TLS",
                "redis+sentinel://:hidden@h|must end with /MASTER",
                "redis+cluster://:hidden@h/1|has a path",
            })
    void aMistakeIsToldWithoutThePassword(String uri, String text) {
        assertThat(problem("store: {" + POSTGRES + "redis: '" + uri + "'}"))
                .startsWith("store.redis (YAML line 1): ")
                .contains(text)
                .doesNotContain("hid");
    }

    @Test
    void isMaskedAndOnlyForPostgres() {
        GatehouseConfig config = parsed("store: {" + POSTGRES + "redis: 'redis://:hidden@h'}");

        assertThat(config.store().redisUri().place()).isEqualTo("h port 6379");
        assertThat(config.masked()).contains("redis: \"********\"").doesNotContain("hidden");
        assertThat(config.toString()).doesNotContain("hidden");
        assertThat(config.store().redisUri().toString()).doesNotContain("hidden");
        assertThat(problem("store: {redis: 'redis://:hidden@h'}"))
                .startsWith("store.redis")
                .contains("is for store.kind: postgres")
                .doesNotContain("hidden");
    }
}
