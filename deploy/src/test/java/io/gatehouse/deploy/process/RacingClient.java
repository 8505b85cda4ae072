package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.deploy.flow.ClientJwtText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Presents what counts once in two places at the same time. */
final class RacingClient implements LoadClient {
    private final Caller one;
    private final Caller other;
    private final Patience patience;

    RacingClient(Caller one, Caller other, Patience patience) {
        this.one = one;
        this.other = other;
        this.patience = patience;
    }

    private interface Presented {
        HttpResponse<String> to(Caller caller) throws IOException, InterruptedException;
    }

    @Override
    public void work() throws IOException, InterruptedException {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo"));
        Set<String> codes = granted("code", caller -> caller.authorize(jwt));
        assertThat(codes).as("codes for one JWT").hasSizeLessThan(2);
        for (String code : codes) {
            assertThat(granted("access_token", caller -> caller.exchange(code)))
                    .as("tokens for one code")
                    .hasSizeLessThan(2);
        }
        Tokens tokens = Tokens.of(patience.granted(() -> one.login("ada", "ada-demo-password")));
        assertThat(granted("refresh_token", caller -> caller.refresh(tokens.refresh())))
                .as("successors of one refresh token")
                .hasSize(1);
    }

    /** What those got that got something. */
    private Set<String> granted(String name, Presented presented) throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = Stream.of(one, other)
                    .map(caller -> (Callable<HttpResponse<String>>) () -> patience.answered(() -> presented.to(caller)))
                    .toList();
            return threads.invokeAll(answers).stream()
                    .map(RacingClient::result)
                    .filter(answer -> answer.statusCode() == 200)
                    .map(answer -> new JsonObject(answer.body()).getString(name))
                    .collect(Collectors.toSet());
        }
    }

    private static HttpResponse<String> result(Future<HttpResponse<String>> done) {
        try {
            return done.get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What happened once has been seen while it happened. */
    @Override
    public void check(Caller caller) {}
}
