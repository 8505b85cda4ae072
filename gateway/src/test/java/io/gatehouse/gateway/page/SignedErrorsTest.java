package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Errors that are signed for whoever asks: so many, and then the person in front of the page is told. */
class SignedErrorsTest {
    private static final String NOBODY_LOGGED_IN = PageCase.AUTHORIZE + "&prompt=none";
    private static final String UNREADABLE = PageCase.AUTHORIZE + "&max_age=x";

    private final AtomicInteger signatures = new AtomicInteger();
    private final TestGateway gateway = new TestGateway("""
            server: {port: 0, event_loops: 1, trusted_proxies: [127.0.0.0/8]}
            limits: {signed_errors_per_address: 2/PT1M}
            """);

    SignedErrorsTest() {
        gateway.node
                .on(
                        Clients.Find.class,
                        find -> Samples.found(
                                PageCase.client("main", AuthMethod.CLIENT_SECRET_BASIC, PageCase.CALLBACK)))
                .on(
                        IdTokens.SignAuthorizationResponse.class,
                        sign -> new IdTokens.Signed(Secret.of("signed." + signatures.incrementAndGet() + ".x")));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawReply ask(String request, String address) {
        return gateway.get(request, "Accept: text/html", "X-Forwarded-For: " + address);
    }

    @Test
    void anAddressGetsSoManyAndIsThenToldOnAPage() {
        for (int i = 1; i <= 2; i++) {
            RawReply signed = ask(
                    i == 1 ? NOBODY_LOGGED_IN + "&response_mode=jwt" : UNREADABLE + "&response_mode=query.jwt",
                    "192.0.2.1");
            assertThat(signed.status()).as(signed.body()).isEqualTo(302);
            assertThat(signed.header("location")).isEqualTo(PageCase.CALLBACK + "?response=signed." + i + ".x");
        }
        for (String mode : new String[] {"jwt", "fragment.jwt", "form_post.jwt"}) {
            RawReply refused = ask(NOBODY_LOGGED_IN + "&response_mode=" + mode, "192.0.2.1");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isNotEmpty();
            assertThat(refused.has("location")).isFalse();
        }
        assertThat(signatures).hasValue(2);

        assertThat(ask(NOBODY_LOGGED_IN + "&response_mode=jwt", "192.0.2.2").status())
                .isEqualTo(302);
        assertThat(ask(NOBODY_LOGGED_IN, "192.0.2.1").header("location")).contains("error=login_required");
    }

    /** A network of IPv6 is one address, as one person has it. */
    @Test
    void aNetworkOfIpv6IsOneAddress() {
        for (int i = 1; i <= 3; i++) {
            assertThat(ask(NOBODY_LOGGED_IN + "&response_mode=jwt", "2001:db8::" + i)
                            .status())
                    .isEqualTo(i <= 2 ? 302 : 429);
        }
    }
}
