package io.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.error.OAuthFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/shop, /shop",
        "/shop/, /shop/",
        "/sh%6Fp, /shop",
        "/sh%6fp, /shop",
        "/caf%C3%A9, /café",
        "/a%20b, /a b",
        "/a+b, /a+b",
        "/.well-known/x, /.well-known/x",
        "/a..b/...c, /a..b/...c",
        "/shop?next=/../%2e%2e/;\\%00, /shop",
        "/?, /",
        "/a:b@c!$&'()*=~, /a:b@c!$&'()*=~",
    })
    void whatEverybodyReadsTheSameIsDecoded(String target, String text) {
        assertThat(RequestPath.read(target).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "*",
                "http://a/shop",
                "?/shop",
                "/a/../b",
                "/a/./b",
                "/..",
                "/.",
                "/a/..",
                "/../a",
                "/a/.?x",
                "/a/%2e%2e/b",
                "/a/%2E./b",
                "/a/.%2e/b",
                "/a%2eb",
                "/%2e",
                "/a%2fb",
                "/a%2Fb",
                "/..%2fb",
                "/a%5cb",
                "/a%5Cb",
                "/a\\b",
                "/..\\b",
                "/a%252fb",
                "/a%25",
                "/%252e%252e/b",
                "/%25%32%65",
                "/a;b",
                "/a;x=1/b",
                "/..;/b",
                "/a%3bb",
                "/a%3Bx",
                "//",
                "//a",
                "/a//b",
                "/a//",
                "/a///b",
                "/a%00b",
                "/a%0ab",
                "/a%0d%0ab",
                "/a%1f",
                "/a%7f",
                "/a%C2%85",
                "/a%c0%af",
                "/a%c0%ae%c0%ae/",
                "/a%e0%80%af",
                "/a%ff",
                "/a%ed%a0%80",
                "/a%f0%9f",
                "/a%80",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%u002f",
                "/a%+1",
                "/a% 1",
                "/a b",
                "/a\tb",
                "/a\u0000",
                "/caf\u00e9",
                "/a\u2215b",
                "/a\uff0fb",
                "/a#b",
                "/a?b#c",
                "/a%23b",
                "/a%3fb",
                "/a%3Fb",
                "/a?b c",
                "/a?\u0000",
                "/a?\u00e9",
            })
    void whatTwoServersCouldReadInTwoWaysIsRefused(String target) {
        assertThatThrownBy(() -> RequestPath.read(target)).isInstanceOf(OAuthFailure.class);
    }

    @Test
    void aTargetIsBounded() {
        assertThat(RequestPath.read("/" + "a".repeat(8191)).text()).hasSize(8192);
        assertThatThrownBy(() -> RequestPath.read("/" + "a".repeat(8192))).isInstanceOf(OAuthFailure.class);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.org, shop.example.org",
        "SHOP.Example.org:443, shop.example.org",
        "shop.example.org:80, shop.example.org",
        "shop.example.org:8443, shop.example.org:8443",
        "127.0.0.1:8080, 127.0.0.1:8080",
        "[::1]:443, [::1]",
    })
    void aHostHasOneForm(String authority, String text) {
        assertThat(RequestHost.read(authority).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.",
                "a.:80",
                ".a",
                "a b",
                "a,b",
                "a, b",
                "u@a",
                "a/b",
                "a:",
                "a:0",
                "a:x",
                "a:123456",
                "a#b",
                "a?b",
                "a%2eb",
                "caf\u00e9",
                "a\u0000",
                "a\tb",
                "::1",
                "a:80:80",
                "[::1",
                "a\\b",
                "\u212a",
            })
    void whatIsNoHostIsRefused(String authority) {
        assertThatThrownBy(() -> RequestHost.read(authority)).isInstanceOf(OAuthFailure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "Get", "GET ", "GET,POST", "1GET"})
    void aMethodIsWrittenInCapitals(String method) {
        assertThatThrownBy(() -> OriginalRequest.read(method, "a", "/")).isInstanceOf(OAuthFailure.class);
        assertThat(OriginalRequest.read("VERSION-CONTROL", "a", "/").method()).isEqualTo("VERSION-CONTROL");
    }
}
