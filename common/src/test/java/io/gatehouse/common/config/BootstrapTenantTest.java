package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTenantTest {
    private static String tenant(String rest) {
        return "bootstrap: {tenants: [{id: acme, " + rest + "}]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"Main", "a_b", "-a", "a-", "a/b", "..", "a b"})
    void idsAreNamesInPaths(String id) {
        assertThat(problem("bootstrap: {tenants: [{id: \"" + id + "\"}]}")).startsWith("bootstrap.tenants[0].id ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef",
                "01234567-89ab-cdef-0123-456789abcdeg",
                "01234567089ab0cdef001230456789abcdef"
            })
    void apikeysAreUuids(String apikey) {
        assertThat(problem(tenant("apikey: " + apikey)))
                .startsWith("bootstrap.tenants[0].apikey ")
                .contains("is no UUID")
                .doesNotContain(apikey);
    }

    @Test
    void whatAMailMayNameIsKeptLetterByLetter() {
        BootstrapTenant tenant = parsed(
                        tenant("mail_urls: [\"HTTPS://app.example.org/Verify?a=b\", \"http://127.0.0.1/\"],"
                                + " mail_templates: [welcome, Hello 2.0_a-b]"))
                .bootstrap()
                .tenants()
                .getFirst();
        assertThat(tenant.mailUrls()).containsExactly("HTTPS://app.example.org/Verify?a=b", "http://127.0.0.1/");
        assertThat(tenant.mailTemplates()).containsExactly("welcome", "Hello 2.0_a-b");
        assertThatThrownBy(() -> tenant.mailUrls().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> tenant.mailTemplates().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/verify|is no page on the web",
                "app.example.org|is no page on the web",
                "ftp://app.example.org/|is no page on the web",
                "javascript:alert(1)|is no page on the web",
                "https:///verify|is no page on the web",
                "mailto:ada@example.org|is no page on the web",
                "https://a b/|is no URL",
                "https://ada@app.example.org/|a user (@)",
                "https://app.example.org/#a|a fragment",
            })
    void pagesAreOnTheWeb(String url, String text) {
        assertThat(problem(tenant("mail_urls: [\"https://app.example.org/\", \"" + url + "\"]")))
                .startsWith("bootstrap.tenants[0].mail_urls[1] (YAML line 1): ")
                .contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "<b>", "\u00e9", "a%20b", "a\\tb"})
    void templatesHavePlainNames(String name) {
        assertThat(problem(tenant("mail_templates: [\"" + name + "\"]")))
                .startsWith("bootstrap.tenants[0].mail_templates[0] (YAML line 1): ");
    }

    @Test
    void bothAreBounded() {
        String url = "https://app.example.org/";
        assertThat(problem(tenant("mail_urls: [\"" + url + "x".repeat(2049 - url.length()) + "\"]")))
                .contains("has 2049 characters");
        assertThat(problem(tenant("mail_templates: [" + "x".repeat(101) + "]"))).contains("has 101 characters");
    }
}
