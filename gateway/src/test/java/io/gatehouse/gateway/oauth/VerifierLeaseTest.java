package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static io.gatehouse.gateway.oauth.Tokens.claims;
import static io.gatehouse.gateway.oauth.Tokens.header;
import static io.gatehouse.gateway.oauth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.message.Verifiers.Known;
import io.gatehouse.common.message.Verifiers.Report;
import io.gatehouse.common.message.Verifiers.Reported;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process says of itself that verifies, and when it says that it knows a key. */
class VerifierLeaseTest {
    private final TestNode node = new TestNode();
    private final ECKey next = Tokens.ecKey("key-2");
    private Knowledge knowledge;

    @BeforeEach
    void start() {
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet("main", 1, Tokens.KEY));
        node.on(Report.class, report -> new Reported(true));
        knowledge = node.knowledge();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void follow_saysThatThisProcessVerifies_forLongerThanItWouldInSilence() {
        Report first = node.askedOnce(Report.class);
        assertThat(first.known()).isEmpty();
        assertThat(first.lease()).isGreaterThan(Duration.ofHours(1));
        assertThat(knowledge.lease().renewal()).isLessThan(Duration.ofHours(1));
        await(knowledge.lease().renew(node.bus));
        assertThat(node.asked(Report.class)).extracting(Report::verifier).containsOnly(first.verifier());
        await(knowledge.lease().end(node.bus));
        assertThat(node.asked(Report.class).getLast().lease()).isZero();
    }

    @Test
    void aKeyThatIsAwaited_isLearntBeforeItIsAcknowledged() {
        await(knowledge.keys().find(node.bus, "main"));
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet("main", 2, Tokens.KEY, next));
        node.publish(new Event.KeysChanged("main", 2, true));
        eventually("it is acknowledged", () -> known().equals(List.of(new Known("main", 2))));
        int asked = node.asked(VerificationKeys.Get.class).size();
        String token = signed(header("kid", "key-2"), claims(), next);
        assertThat(await(node.protocol(knowledge).inspector().inspect("main", token))
                        .kid())
                .isEqualTo("key-2");
        assertThat(node.asked(VerificationKeys.Get.class)).as("it was known").hasSize(asked);
    }

    @Test
    void aChangeThatNobodyAwaits_isNotAcknowledged() {
        node.publish(new Event.KeysChanged("main", 2));
        node.publish(new Event.KeysChanged("shop", 7, true));
        eventually("the other one is", () -> !known().isEmpty());
        assertThat(known()).extracting(Known::tenant).doesNotContain("main");
    }

    /** The question was under way before the key was written, the answer came after it. */
    @Test
    void anAnswerToAnEarlierQuestion_neverTakesTheNewerOnesPlace() {
        Promise<KeySet> late = Promise.promise();
        node.onLater(VerificationKeys.Get.class, get -> late.future());
        var early = knowledge.keys().find(node.bus, "main");
        eventually("it is asked", () -> !node.asked(VerificationKeys.Get.class).isEmpty());
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet("main", 2, Tokens.KEY, next));
        node.publish(new Event.KeysChanged("main", 2, true));
        eventually("it is acknowledged", () -> !known().isEmpty());
        late.complete(Tokens.keySet("main", 1, Tokens.KEY));
        assertThat(await(early).version()).isEqualTo(1);
        assertThat(await(knowledge.keys().find(node.bus, "main")).version()).isEqualTo(2);
    }

    @Test
    void whoseLeaseWasOver_forgetsWhatItKnew() {
        await(knowledge.keys().find(node.bus, "main"));
        node.on(Report.class, report -> new Reported(false));
        await(knowledge.lease().renew(node.bus));
        int asked = node.asked(VerificationKeys.Get.class).size();
        await(knowledge.keys().find(node.bus, "main"));
        assertThat(node.asked(VerificationKeys.Get.class)).hasSize(asked + 1);
    }

    /** A store of the build before knows no leases. */
    @Test
    void withoutLeases_theProcessVerifiesAllTheSame() {
        node.failing(Report.class, new OAuthError.NotFound("message"));
        Knowledge other = node.knowledge();
        assertThat(await(node.protocol(other).inspector().inspect("main", signed(claims())))
                        .kid())
                .isEqualTo("key-1");
    }

    private List<Known> known() {
        return node.asked(Report.class).stream()
                .flatMap(report -> report.known().stream())
                .distinct()
                .toList();
    }
}
