package io.gatehouse.gateway.proxy.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.limit.Gcra;
import io.gatehouse.common.limit.Quota;
import io.gatehouse.gateway.http.Reply;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateHeadersTest {
    /** The time at which the key was full before, from now. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    3/PT3M,    0,         'q=3;w=180',   'r=2;t=60'
                    3/PT3M,    60000000,  'q=3;w=180',   'r=1;t=120'
                    3/PT3M,    120000000, 'q=3;w=180',   'r=0;t=60'
                    3/PT3M,    90000000,  'q=3;w=180',   'r=0;t=30'
                    3/PT3M,    180000000, 'q=3;w=180',   'r=0;t=60'
                    3/PT3M,    120000001, 'q=3;w=180',   'r=0;t=1'
                    100/PT1S,  0,         'q=100;w=1',   'r=99;t=1'
                    100/PT1S,  1000000,   'q=100;w=1',   'r=0;t=1'
                    5/PT1.5S,  0,         'q=5;w=2',     'r=4;t=1'
                    7/PT1S,    -5000000,  'q=7;w=1',     'r=6;t=1'
                    1/P1D,     0,         'q=1;w=86400', 'r=0;t=86400'
                    """)
    void saysWhatIsLeft(String text, long full, String policy, String left) {
        Rate rate = Rate.parse(text);
        long now = 1_800_000_000_000_000L;
        Quota quota = Quota.of(Gcra.take(now + full, now, rate), now, rate);
        List<Reply.Header> headers = RateHeaders.of("shop", rate, quota);
        assertThat(headers).hasSize(2);
        assertThat(headers.get(0)).isEqualTo(new Reply.Header("RateLimit-Policy", "\"shop\";" + policy));
        assertThat(headers.get(1)).isEqualTo(new Reply.Header("RateLimit", "\"shop\";" + left));
    }
}
