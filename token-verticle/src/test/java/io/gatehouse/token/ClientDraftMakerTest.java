package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.ClientDraft;
import io.gatehouse.common.message.ClientDrafts.Made;
import io.gatehouse.common.message.ClientDrafts.Make;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SelfRegistration.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client is made of that tells of itself, and which secrets it gets. */
class ClientDraftMakerTest {
    private static final String REDIRECT = "\"redirect_uris\": [\"https://app.example.org/cb\"]";
    private static final String BASIC = "{" + REDIRECT + "}";
    private static final String SIGNING = "{" + REDIRECT + ", \"id_token_signed_response_alg\": \"HS256\"}";
    private static TokenNode node;

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    private static Make make(String metadata, @Nullable Client existing, @Nullable Secret shown) {
        Attestation statement = existing == null
                ? null
                : node.attestor.attest(new ClientStatement(existing, TokenNode.NOW.plusSeconds(60)));
        return new Make("main", null, Source.REGISTRATION, metadata, statement, shown);
    }

    private static Client draft(Made made) {
        ClientDraft draft = node.attestor.verify(made.draft(), ClientDraft.class);
        assertThat(draft).isNotNull();
        return draft.client();
    }

    @Test
    void aNewClient_hasAnIdAndASecretOfItsOwn() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Made made = node.ask(make(BASIC, null, null));
            Client client = draft(made);
            assertThat(seen.add(client.clientId())).isTrue();
            assertThat(seen.add(made.secret().reveal())).isTrue();
            assertThat(made.secret().reveal()).hasSize(43);
            assertThat(client.secretDigests()).isEqualTo(List.of(made.secret().digest()));
            assertThat(client.declaredSecret()).isNull();
            assertThat(client.registration().secret())
                    .as("nothing is signed by it")
                    .isNull();
            assertThat(client.version()).isZero();
        }
    }

    @Test
    void aSecretThatSigns_liesSealed() {
        Client client = draft(node.ask(make(SIGNING, null, null)));
        assertThat(client.registration().secret()).isNotNull();
    }

    @Test
    void whatTheClientHas_itKeeps() {
        Client basic = draft(node.ask(make(BASIC, null, null)));
        Made again = node.ask(make(BASIC, basic, null));
        assertThat(again.secret()).isNull();
        assertThat(draft(again).secretDigests()).isEqualTo(basic.secretDigests());
        assertThat(draft(again).clientId()).isEqualTo(basic.clientId());
        Client signing = draft(node.ask(make(SIGNING, null, null)));
        Made kept = node.ask(make(SIGNING, signing, null));
        assertThat(kept.secret()).isNull();
        assertThat(draft(kept).registration().secret())
                .isEqualTo(signing.registration().secret());
    }

    @Test
    void whereItsSecretCanNotBeKnown_itGetsAnother_unlessItShowsIt() {
        Made basic = node.ask(make(BASIC, null, null));
        Made other = node.ask(make(SIGNING, draft(basic), null));
        assertThat(other.secret()).isNotNull();
        assertThat(draft(other).secretDigests())
                .isEqualTo(List.of(other.secret().digest()));
        Made shown = node.ask(make(SIGNING, draft(basic), basic.secret()));
        assertThat(shown.secret()).isNull();
        assertThat(draft(shown).secretDigests()).isEqualTo(draft(basic).secretDigests());
        assertThat(draft(shown).registration().secret()).isNotNull();
    }

    @Test
    void aSecretOfSomebodyElse_isRefused() {
        Client basic = draft(node.ask(make(BASIC, null, null)));
        assertRefused(make(BASIC, basic, Secret.of("x".repeat(43))));
        assertRefused(make(BASIC, null, Secret.of("x".repeat(43))));
    }

    @Test
    void aDocument_isPublic() {
        String id = "https://app.example.org/client";
        assertRefused(new Make("main", id, Source.METADATA_DOCUMENT, BASIC, null, null));
        String document = "{" + REDIRECT + ", \"token_endpoint_auth_method\": \"none\"}";
        Made made = node.ask(new Make("main", id, Source.METADATA_DOCUMENT, document, null, null));
        assertThat(made.secret()).isNull();
        assertThat(draft(made).clientId()).isEqualTo(id);
        assertThat(draft(made).selfRegistration().source()).isEqualTo(Source.METADATA_DOCUMENT);
    }

    @Test
    void nobodyButTheStore_saysWhatAClientWas() {
        Client basic = draft(node.ask(make(BASIC, null, null)));
        Attestation draft = node.attestor.attest(new ClientDraft(basic, TokenNode.NOW.plusSeconds(60)));
        OAuthError refused = node.refusal(new Make("main", null, Source.REGISTRATION, BASIC, draft, null));
        assertThat(((OAuthError.Protocol) refused).code()).isEqualTo(Code.INVALID_CLIENT);
    }

    private static void assertRefused(Make request) {
        OAuthError refused = node.refusal(request);
        assertThat(((OAuthError.Protocol) refused).code()).isEqualTo(Code.INVALID_CLIENT_METADATA);
    }
}
