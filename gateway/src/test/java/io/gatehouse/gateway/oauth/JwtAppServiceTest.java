package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.verify.RevocationList;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of JWT apps and their keys; the rest is seen through the doors that use it. */
class JwtAppServiceTest {
    private final TestNode node = new TestNode();
    private JwtAppService apps;

    @BeforeEach
    void start() {
        node.on(JwtApps.Find.class, find -> new JwtApps.Found(Samples.app(find.tenant(), find.name(), 1)));
        node.on(JwtAppTokens.Keys.class, keys -> new JwtAppTokens.PublicKeys(List.of("{}")));
        apps = node.protocol(node.knowledge()).jwtApps();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void anAppIsAskedForOncePerTenantAndName() {
        assertThat(await(apps.find("main", "shop"))).isEqualTo(Samples.app("main", "shop", 1));
        await(apps.find("main", "shop"));
        await(apps.find("main", "Shop"));
        await(apps.find("other", "shop"));

        assertThat(node.asked(JwtApps.Find.class))
                .containsExactly(
                        new JwtApps.Find("main", "shop"),
                        new JwtApps.Find("main", "Shop"),
                        new JwtApps.Find("other", "shop"));
    }

    @Test
    void thatThereIsNoneIsNotRemembered() {
        node.on(JwtApps.Find.class, find -> new JwtApps.Found(null));
        assertThat(await(apps.find("main", "shop"))).isNull();
        node.on(JwtApps.Find.class, find -> new JwtApps.Found(Samples.app("main", "shop", 1)));

        assertThat(await(apps.find("main", "shop"))).isNotNull();
    }

    @Test
    void anEventDropsAChangedAppAndNoOther() {
        await(apps.find("main", "shop"));
        await(apps.find("main", "page"));
        node.on(JwtApps.Find.class, find -> new JwtApps.Found(null));
        node.publish(new Event.JwtAppChanged("other", "shop"));
        node.publish(new Event.JwtAppChanged("main", "shop"));

        eventually("the change is known", () -> await(apps.find("main", "shop")) == null);
        assertThat(await(apps.find("main", "page"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "sh\u00f6p", "shop\n", "a\0"})
    void theStoreIsNotAskedForWhatNoAppIsCalled(String name) {
        assertThat(await(apps.find("main", name))).isNull();
        assertThat(await(apps.find("main", "x".repeat(65)))).isNull();
        assertThat(node.asked(JwtApps.Find.class)).isEmpty();
        assertThat(await(apps.find("main", "x".repeat(64)))).isNotNull();
    }

    @Test
    void keysAreAskedForOncePerStatement() {
        Attestation app = Samples.app("main", "shop", 1);

        assertThat(await(apps.keys("main", app)).jwks()).containsExactly("{}");
        await(apps.keys("main", app));
        assertThat(node.asked(JwtAppTokens.Keys.class)).hasSize(1);
        await(apps.keys("main", Samples.app("main", "shop", 2)));
        assertThat(node.asked(JwtAppTokens.Keys.class)).hasSize(2);
    }

    @Test
    void aFailureIsNotRemembered() {
        Attestation app = Samples.app("main", "shop", 1);
        node.failing(JwtAppTokens.Keys.class, new OAuthError.Unavailable("token"));
        assertThat(refusal(apps.keys("main", app))).isEqualTo(new OAuthError.Unavailable("token"));
        node.on(JwtAppTokens.Keys.class, keys -> new JwtAppTokens.PublicKeys(List.of()));

        assertThat(await(apps.keys("main", app)).jwks()).isEmpty();
    }

    /** Whoever does not hear of revocations does not hear of changes either. */
    @Test
    void nothingRememberedCountsWhileRevocationsMayBeMissed() {
        RevocationList revocations = new RevocationList(node.clock, Duration.ofSeconds(30), node.clock.nanos());
        JwtAppDirectory directory = new JwtAppDirectory(revocations);
        await(directory.find(node.bus, "main", "shop"));
        await(directory.find(node.bus, "main", "shop"));

        assertThat(node.asked(JwtApps.Find.class)).hasSize(2);
    }
}
