package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceNameTest {
    private static final String WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 | Firefox, Linux",
                "(X11; Linux x86_64) K Chrome/126.0.0.0 Safari/537.36 | Chrome, Linux",
                "(Windows NT 10.0; Win64; x64) K Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0 | Edge, Windows",
                "(Windows NT 10.0) K Chrome/126.0.0.0 Safari/537.36 OPR/112.0.0.0 | Opera, Windows",
                "(Macintosh; Intel Mac OS X 10_15_7) K Version/17.5 Safari/605.1.15 | Safari, macOS",
                "(iPhone; CPU iPhone OS 17_5 like Mac OS X) K Version/17.5 Mobile/15E148 Safari/604.1 | Safari, iPhone",
                "(iPhone; CPU iPhone OS 17_5 like Mac OS X) K CriOS/126.0 Mobile/15E148 Safari/604.1 | Chrome, iPhone",
                "(iPad; CPU OS 17_5 like Mac OS X) K FxiOS/127.0 Mobile/15E148 Safari/605.1.15 | Firefox, iPad",
                "(Linux; Android 14) K Chrome/126.0.0.0 Mobile Safari/537.36 | Chrome, Android",
                "(Linux; Android 14) K SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36 | Samsung Internet, Android",
                "(X11; CrOS x86_64 14541.0.0) K Chrome/126.0.0.0 Safari/537.36 | Chrome, ChromeOS",
                "(compatible; Linux) | Linux",
                "Firefox/1 | Firefox",
                "tool | ''"
            })
    void aBrowserIsNamedShortly(String userAgent, String name) {
        assertThat(DeviceName.of("Mozilla/5.0 " + userAgent.replace("K ", WEBKIT)))
                .isEqualTo(name);
    }

    @Test
    void nothingIsKnownOfWhoSaysNothing() {
        assertThat(DeviceName.of(null)).isEmpty();
        assertThat(DeviceName.of("")).isEmpty();
    }

    @Test
    void onlyTheBeginningIsRead() {
        assertThat(DeviceName.of(" ".repeat(392) + "Firefox/")).isEqualTo("Firefox");
        assertThat(DeviceName.of(" ".repeat(393) + "Firefox/")).isEmpty();
    }
}
