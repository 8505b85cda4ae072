package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told of a client whose every word is its own. */
class StrangerLineTest {
    private static final String DOCUMENT = "https://app.example.net/client.json";

    private static Client client(String clientId, Source source) {
        SelfRegistration told = new SelfRegistration(
                source, null, false, "https://bank.example.org/", null, List.of(), null, null, null, false);
        return new Client(
                "main",
                clientId,
                "Bank",
                AuthMethod.NONE,
                List.of(),
                null,
                List.of(),
                List.of("authorization_code"),
                List.of("code"),
                Scope.parse("openid"),
                null,
                true,
                false,
                0,
                1,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                told);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.org/callback, app.example.org",
        "HTTPS://app.example.org/callback, app.example.org",
        "Http://127.0.0.1:5000/callback, 127.0.0.1",
        "org.example.app:/callback, org.example.app:"
    })
    void itSaysWhereTheAnswerGoes_howeverThatIsWritten(String redirectUri, String answer) {
        assertThat(StrangerLine.of(client("id", Source.REGISTRATION), redirectUri))
                .isEqualTo(new StrangerLine("bank.example.org", answer, null));
    }

    @Test
    void itSaysWhoseDocumentItIs() {
        assertThat(StrangerLine.of(client(DOCUMENT, Source.METADATA_DOCUMENT), "http://127.0.0.1/callback"))
                .isEqualTo(new StrangerLine("bank.example.org", "127.0.0.1", "app.example.net"));
    }
}
