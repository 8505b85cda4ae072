package io.gatehouse.gateway.client;

import static io.gatehouse.gateway.client.Elsewhere.LOOPBACK;
import static io.gatehouse.gateway.client.Elsewhere.get;
import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.gateway.client.OutboundFailure.Reason;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Whoever owns a name owns the name server, and may say something else each time it is asked. */
class RebindingTest {
    private static final List<Cidr> ONE_ADDRESS = List.of(Cidr.parse("127.0.0.1"));

    private record Tried(OutboundResponse response, Reason refusal, int questions, int requests) {}

    private static Tried send(List<Cidr> allow, int times, IntFunction<List<String>> answers) {
        try (NameServer names = new NameServer(answers);
                Elsewhere elsewhere = new Elsewhere(names.address())) {
            int port = elsewhere.serve(request -> request.response().end());
            GuardedHttpClient client = elsewhere.client(allow);
            OutboundResponse[] last = new OutboundResponse[1];
            OutboundFailure failure = catchThrowableOfType(OutboundFailure.class, () -> {
                for (int i = 0; i < times; i++) {
                    last[0] = await(client.send(get("http://moving.example.net:%d/", port)));
                }
            });
            Reason refusal = failure == null ? null : failure.reason();
            return new Tried(last[0], refusal, names.questions.get(), elsewhere.requests.get());
        }
    }

    @Test
    void theNameIsAskedForOnceAndTheAnswerIsUsed() {
        Tried tried = send(LOOPBACK, 1, asked -> List.of(asked == 0 ? "127.0.0.1" : "127.0.0.2"));

        assertThat(tried.refusal()).isNull();
        assertThat(tried.response().status()).isEqualTo(200);
        assertThat(tried.questions()).isEqualTo(1);
    }

    @Test
    void theAnswerIsCheckedEachTime() {
        Tried tried = send(ONE_ADDRESS, 2, asked -> List.of(asked == 0 ? "127.0.0.1" : "10.0.0.1"));

        assertThat(tried.refusal()).isEqualTo(Reason.ADDRESS);
        assertThat(tried.requests()).isEqualTo(1);
    }

    @Test
    void oneBadAddressAmongGoodOnesIsRefused() {
        for (List<String> answer : List.of(List.of("127.0.0.1", "10.0.0.1"), List.of("10.0.0.1", "127.0.0.1"))) {
            Tried tried = send(ONE_ADDRESS, 1, asked -> answer);

            assertThat(tried.refusal()).isEqualTo(Reason.ADDRESS);
            assertThat(tried.requests()).isZero();
        }
    }
}
