package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A demo answers loopback names only, and the names that its routes have where people come back to them. */
class DemoRoutesTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo().with("routes", """
            [{"id": "wiki", "match": {"host": "wiki.localhost"}, "demand": "session"}]""");

    @ParameterizedTest
    @CsvSource({
        "wiki.localhost, /.gatehouse/handover, 400",
        "wiki.localhost:8000, /.gatehouse/handover, 400",
        "wiki.localhost, /auth/me, 421",
        "evil.localhost, /.gatehouse/handover, 421",
        "127.0.0.1, /auth/me, 401"
    })
    void namesOfRoutesAreKnown(String host, String path, int status) {
        assertThat(new BareCaller(NODE.address(), host).get(path).status()).isEqualTo(status);
    }
}
