package io.gatehouse.deploy.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostCheckTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, true",
        "127.0.0.1, LocalHost, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, ::1, true",
        "127.0.0.1, 10.1.2.3, false",
        "127.0.0.1, evil.example.org, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "management.example.org, Management.example.org, true",
        "0.0.0.0, 10.1.2.3, true",
        "0.0.0.0, fd00::7, true",
        "0.0.0.0, evil.example.org, false",
        "0.0.0.0, 10.1.2.3.example.org, false",
        "::, 10.1.2.3, true",
    })
    void onlyNamesThatAreOursAreAnswered(String configured, String asked, boolean accepted) {
        assertThat(new HostCheck(configured).accepts(asked)).isEqualTo(accepted);
    }
}
