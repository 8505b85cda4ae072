package io.gatehouse.gateway.page;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.gateway.oauth.PageKeySets;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.TestNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Boxes of pages: for whom, for what and how long they open. */
class PageSealTest {
    private static final Instant MIDNIGHT = TestClock.START.plus(Duration.ofMinutes(10));
    private static final Browser BROWSER = new Browser(Digest.of("one"), null);

    public record State(String text) {}

    private final TestNode node = new TestNode();
    private PageSeal seal;

    @BeforeEach
    void start() {
        node.on(PageKeys.Get.class, get -> PageKeySets.of(2, MIDNIGHT));
        seal = new PageSeal(node.bus, node.clock);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private String box() {
        return await(seal.seal("login", "main", BROWSER, new State("x")));
    }

    private State open(String purpose, String tenant, Browser browser, String box) {
        return await(seal.open(purpose, tenant, browser, box, State.class));
    }

    private State open(String box) {
        return open("login", "main", BROWSER, box);
    }

    @Test
    void aBoxOpensForWhatItWasSealedFor() {
        String box = box();

        assertThat(open(box)).isEqualTo(new State("x"));
        assertThat(open("consent", "main", BROWSER, box)).isNull();
        assertThat(open("login", "shop", BROWSER, box)).isNull();
        assertThat(open("login", "main", new Browser(Digest.of("two"), null), box))
                .isNull();
        assertThat(open("login", "main", null, box)).isNull();
    }

    @Test
    void nothingIsNoBox() {
        for (String text : new String[] {null, "", "AAAA", "AAAAAA", "A".repeat(100), "%%", "A".repeat(8001)}) {
            assertThat(open(text)).isNull();
        }
    }

    @Test
    void twoBoxesOfOneStateDiffer() {
        assertThat(box()).isNotEqualTo(box());
    }

    @Test
    void theRoleIsAskedOncePerDay() {
        open(box());
        box();
        assertThat(node.asked(PageKeys.Get.class)).hasSize(1);
        node.clock.pass(Duration.ofMinutes(10));
        node.on(PageKeys.Get.class, get -> PageKeySets.of(3, MIDNIGHT.plus(Duration.ofDays(1))));
        open(box());

        assertThat(node.asked(PageKeys.Get.class)).hasSize(2);
    }

    @Test
    void yesterdaysBoxOpensAndTheDayBeforesDoesNot() {
        String box = box();
        node.clock.pass(Duration.ofMinutes(10));
        node.on(PageKeys.Get.class, get -> PageKeySets.of(3, MIDNIGHT.plus(Duration.ofDays(1))));
        assertThat(open(box)).isEqualTo(new State("x"));

        PageSeal later = new PageSeal(node.bus, node.clock);
        node.on(PageKeys.Get.class, get -> PageKeySets.of(4, MIDNIGHT.plus(Duration.ofDays(2))));
        assertThat(await(later.open("login", "main", BROWSER, box, State.class)))
                .isNull();
    }

    @Test
    void withoutKeysNothingIsSealed() {
        node.failing(PageKeys.Get.class, new OAuthError.Unavailable("token"));

        assertThat(TestNode.refusal(seal.seal("login", "main", BROWSER, new State("x"))))
                .isEqualTo(new OAuthError.Unavailable("token"));
    }

    @Test
    void whatWouldNotFitIntoARequestIsRefused() {
        State longest = new State("x".repeat(5_800));
        assertThat(await(seal.seal("login", "main", BROWSER, longest))).hasSizeLessThanOrEqualTo(8_000);
        OAuthError error = TestNode.refusal(seal.seal("login", "main", BROWSER, new State("x".repeat(6_000))));

        assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.URI_TOO_LONG);
    }
}
