package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;

/** Asks for tokens of its own, one after the other, and takes no for no answer, not even once. */
final class ExactingClient implements LoadClient {
    private final Caller caller;
    private final Patience patience;

    ExactingClient(Caller caller, Patience patience) {
        this.caller = caller;
        this.patience = patience;
    }

    @Override
    public void work() throws IOException, InterruptedException {
        patience.granted(() -> {
            HttpResponse<String> response = caller.clientCredentials(Caller.DEMO_CLIENT);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response;
        });
    }

    /** It keeps nothing. */
    @Override
    public void check(Caller node) {}
}
