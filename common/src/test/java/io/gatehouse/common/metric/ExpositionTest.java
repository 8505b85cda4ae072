package io.gatehouse.common.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionTest {
    @Test
    void familiesAreWrittenAsPrometheusReadsThem() {
        String text = new Exposition()
                .counter("requests_total", "Requests.")
                .add(3, "route", "shop", "status", "2xx")
                .add(0, "route", "a\"b\\c\nd", "status", "5xx")
                .gauge("up", "Whether it is.")
                .add(1)
                .text();
        assertThat(text).isEqualTo("""
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{route="shop",status="2xx"} 3
                requests_total{route="a\\"b\\\\c\\nd",status="5xx"} 0
                # HELP up Whether it is.
                # TYPE up gauge
                up 1
                """);
    }
}
