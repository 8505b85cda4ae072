package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.CHECK;
import static io.gatehouse.common.bus.Loop.await;
import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
class BusFailureTest {
    @RegisterExtension
    final IncidentLog incidents = new IncidentLog();

    private Vertx vertx;
    private Loop loop;

    @BeforeEach
    void start(Vertx started) {
        vertx = started;
        Bus.register(vertx);
        loop = Loop.start(vertx, new BusNode("node-1"), 0);
    }

    static List<OAuthError> errors() {
        return List.of(
                new OAuthError.Protocol(Code.INVALID_GRANT, "the grant expired, \"log in\" again"),
                new OAuthError.Throttled(Duration.ofMillis(1500)),
                new OAuthError.NotFound("tenant"),
                new OAuthError.Conflict("key set"),
                new OAuthError.Unavailable("database"),
                new OAuthError.Defect("a-b_c"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsArriveAsTheyWere(OAuthError sent) {
        loop.serveHealth(check -> Future.failedFuture(sent.failure()));

        assertThat(error()).isEqualTo(sent);
        assertThat(incidents.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCodeArrivesAsItWas(Code code) {
        loop.serveHealth(check -> {
            throw OAuthError.failure(code, "because");
        });

        assertThat(error()).isEqualTo(new OAuthError.Protocol(code, "because"));
    }

    @Test
    void aNumberOfANewerBuildIsADefect() {
        await(vertx.eventBus()
                .consumer(StoreHealth.ADDRESS, message -> message.fail(77, "{\"description\":\"new\"}"))
                .completion());

        assertThat(error()).isEqualTo(new OAuthError.Defect("unknown-77"));
    }

    @Test
    void aFailureWithoutTextIsADefect() {
        await(vertx.eventBus()
                .consumer(StoreHealth.ADDRESS, message -> message.fail(3, null))
                .completion());

        assertThat(error()).isEqualTo(new OAuthError.Defect("unreadable"));
    }

    static List<Arguments> accidents() {
        Function<StoreHealth<?>, Future<?>> throwing = check -> {
            throw new IllegalArgumentException("row 7 of table grants");
        };
        Function<StoreHealth<?>, Future<?>> failing =
                check -> Future.failedFuture(new IOException("row 7 of table grants"));
        Function<StoreHealth<?>, Future<?>> overflowing = check -> {
            throw new StackOverflowError("row 7 of table grants");
        };
        Function<StoreHealth<?>, Future<?>> erring = check -> {
            throw new AssertionError("row 7 of table grants");
        };
        Function<StoreHealth<?>, Future<?>> returningNothing = check -> null;
        return List.of(
                Arguments.of("throws", throwing, IllegalArgumentException.class),
                Arguments.of("fails", failing, IOException.class),
                Arguments.of("runs out of stack", overflowing, StackOverflowError.class),
                Arguments.of("throws an error", erring, AssertionError.class),
                Arguments.of("returns no future", returningNothing, NullPointerException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accidents")
    @SuppressWarnings({"rawtypes", "unchecked"})
    void aHandlerThatBreaksIsADefectLoggedWhole(String how, Function handler, Class<? extends Throwable> cause) {
        loop.serveHealth((Function<StoreHealth, Future<?>>) handler);

        assertThat(error()).isInstanceOfSatisfying(OAuthError.Defect.class, defect -> {
            assertThat(incidents.only().getMessage()).isEqualTo("incident " + defect.incident());
            assertThat(incidents.only().getThrown()).isInstanceOf(cause);
        });
    }

    @Test
    void onTheWireGoesTheIncidentAndNothingElse() {
        loop.serveHealth(check -> {
            throw new IllegalArgumentException("row 7 of table grants");
        });
        DeliveryOptions options = new DeliveryOptions().setCodecName(RecordMessageCodec.NAME);

        ReplyException wire = (ReplyException) failure(vertx.eventBus().request(StoreHealth.ADDRESS, CHECK, options));

        assertThat(wire.failureCode()).isEqualTo(104);
        assertThat(wire.getMessage()).matches("\\{\"incident\":\"[A-Za-z0-9_-]{8}\"}");
        assertThat(wire.getCause()).isNull();
    }

    private OAuthError error() {
        Throwable failure = failure(loop.ask(CHECK));
        assertThat(failure).isInstanceOf(OAuthFailure.class);
        return ((OAuthFailure) failure).error();
    }
}
