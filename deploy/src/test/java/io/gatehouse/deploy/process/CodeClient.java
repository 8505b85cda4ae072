package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.deploy.flow.ClientJwtText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Gets codes by JWTs and tokens for codes, presents both again, and remembers what it was told. */
final class CodeClient implements LoadClient {
    private final Caller caller;
    private final Patience patience;
    private final List<String> jwts = new ArrayList<>();
    private final List<Given> given = new ArrayList<>();

    private record Given(String code, String refreshToken) {}

    CodeClient(Caller caller, Patience patience) {
        this.caller = caller;
        this.patience = patience;
    }

    @Override
    public void work() throws IOException, InterruptedException {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo"));
        HttpResponse<String> authorized = patience.answered(() -> caller.authorize(jwt));
        // refused: an attempt that was not acknowledged had spent it, or nobody knows any more whether one had
        if (authorized.statusCode() != 200) {
            assertThat(authorized.statusCode()).as(authorized.body()).isEqualTo(401);
            Thread.sleep(50);
            return;
        }
        jwts.add(jwt);
        String code = new JsonObject(authorized.body()).getString("code");
        HttpResponse<String> exchanged = patience.answered(() -> caller.exchange(code));
        if (exchanged.statusCode() == 200) {
            given.add(new Given(code, Tokens.of(exchanged).refresh()));
        } else {
            assertThat(exchanged.statusCode()).as(exchanged.body()).isEqualTo(400);
        }
    }

    /** What it was given works; a code or a JWT that gave something gives nothing again. */
    @Override
    public void check(Caller node) throws IOException, InterruptedException {
        for (String jwt : jwts) {
            assertThat(node.authorize(jwt).statusCode()).as("a spent JWT").isEqualTo(401);
        }
        for (Given once : given) {
            assertThat(node.exchangeRefresh(once.refreshToken()).statusCode())
                    .as("the refresh token of a code")
                    .isEqualTo(200);
            assertThat(node.exchange(once.code()).statusCode())
                    .as("a spent code")
                    .isEqualTo(400);
        }
    }
}
