package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUriTest {
    private static final String VERIFIED = "?sslmode=verify-full&sslrootcert=/etc/ca%20file.crt";

    @Test
    void isTakenApart() {
        assertThat(PostgresUri.parse(
                        "postgresql://us%40er:p%3Aa%2Fs+s%25@db_1.example.org:6543/gate%20house" + VERIFIED))
                .isEqualTo(new PostgresUri(
                        "us@er",
                        SecretValue.of("p:a/s+s%"),
                        "db_1.example.org",
                        6543,
                        "gate house",
                        PostgresUri.Tls.VERIFY_FULL,
                        Path.of("/etc/ca file.crt")));
    }

    @Test
    void hasDefaults() {
        PostgresUri uri = PostgresUri.parse("postgres://u@[::1]/d");

        assertThat(uri).isEqualTo(new PostgresUri("u", null, "::1", 5432, "d", PostgresUri.Tls.DISABLE, null));
        assertThat(uri.place()).isEqualTo("d at ::1 port 5432");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@127.0.0.1/d, false",
        "postgresql://u:p@localhost/d, false",
        "postgresql://u:p@10.0.0.1/d, true",
        "postgresql://u:p@10.0.0.1/d?sslmode=disable, true",
        "postgresql://u:p@10.0.0.1/d?sslmode=require, false",
    })
    void plaintextBeyondThisMachineIsExposed(String uri, boolean exposed) {
        assertThat(PostgresUri.parse(uri).exposed()).isEqualTo(exposed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://u:hidden@h/d|is not of the form",
                "postgresql://h/d|is not of the form",
                "postgresql://u:hidden@h|is not of the form",
                "postgresql://u:hid@den@h/d|is not of the form",
                "postgresql://u:hidden@h:99999/d|has a port outside",
                "postgresql://u:hidden%zz@h/d|holds a % that two hexadecimal digits don't follow",
                "postgresql://u:hidden%00@h/d|holds a control character",
                "postgresql://u:hidden@h/d?sslmode=prefer|has an unknown sslmode",
                "postgresql://u:hidden@h/d?sslmode=verify-full|needs sslrootcert=FILE",
                "postgresql://u:hidden@h/d?sslmode=require&sslrootcert=/ca|doesn't look at",
                "postgresql://u:hidden@h/d?sslrootcert=/ca|doesn't look at",
                "postgresql://u:hidden@h/d?sslmode=require&sslmode=disable|twice",
                "postgresql://u:hidden@h/d?options=-csearch_path=x|has a parameter other than",
            })
    void aMistakeIsToldWithoutThePassword(String uri, String text) {
        assertThat(problem("store: {kind: postgres, uri: '" + uri + "'}"))
                .startsWith("store.uri (YAML line 1): ")
                .contains(text)
                .doesNotContain("hid");
    }

    @Test
    void isMaskedAndOnlyForTheStoresRole() {
        GatehouseConfig config = parsed("store: {kind: postgres, uri: 'postgresql://u:hidden@h/d'}");

        assertThat(config.store().postgres().database()).isEqualTo("d");
        assertThat(config.masked()).contains("uri: \"********\"").doesNotContain("hidden");
        assertThat(config.toString()).doesNotContain("hidden");
        assertThat(config.store().postgres().toString()).doesNotContain("hidden");
        assertThat(problem(
                        "{issuer: 'https://h', roles: [token], store: {kind: postgres, uri: 'postgresql://u:hidden@h/d'},"
                                + " keys: {master_key: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}}"))
                .startsWith("store.uri")
                .contains("is a secret of a role that this node")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"store: {kind: postgres}", "{roles: [store], store: {kind: postgres}}"})
    void isRequiredWhereTheStoreIs(String yaml) {
        assertThat(problem(yaml)).startsWith("store.uri").contains("is required for store.kind: postgres");
    }

    @Test
    void isNotRequiredElsewhere() {
        assertThat(parsed("{issuer: 'https://h', roles: [gateway], store: {kind: postgres}}")
                        .store()
                        .uri())
                .isNull();
    }
}
