package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientDraft;
import io.gatehouse.common.message.ClientDrafts;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Registrations;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.RegistrationPolicy.Mode;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth Client ID Metadata Document (draft-ietf-oauth-client-id-metadata-document), as far as a gateway looks at it. */
class ClientIdMetadataDocumentTest {
    private static final String ID = "https://app.example.org/oauth/client.json";
    private static final String ADDRESS = "203.0.113.7";

    private final TestNode node = new TestNode();
    private final List<URI> fetched = new CopyOnWriteArrayList<>();
    private final Attestor tokens = new Attestor(Bytes.of(new byte[32]));
    private JsonObject document = document();
    private @Nullable Duration life;
    private @Nullable Client stored;
    private boolean allowed = true;
    private DocumentedClients clients;

    private static JsonObject document() {
        return new JsonObject()
                .put("client_id", ID)
                .put("client_name", "Paper Boat")
                .put("redirect_uris", new JsonArray().add("http://127.0.0.1/callback"));
    }

    @BeforeEach
    void start() {
        node.on(Tenants.Find.class, find -> new Tenants.Found(tenant()));
        node.on(Clients.Find.class, find -> stored == null ? new Clients.Found(null) : Samples.found(stored));
        node.on(Registrations.Admit.class, admit -> new Registrations.Admitted(false));
        node.on(
                ClientDrafts.Make.class,
                make -> new ClientDrafts.Made(
                        tokens.attest(new ClientDraft(Samples.client(ID), TestClock.START)), null));
        node.on(Registrations.Present.class, present -> {
            stored = presented(false);
            return new Registrations.Registered(stored);
        });
        node.documents = (place, largest) -> {
            assertThat(largest).isEqualTo(5 * 1024);
            fetched.add(place);
            return Future.succeededFuture(new ClientDocuments.Document(document.encode(), life));
        };
        clients = node.protocol(node.knowledge()).documentedClients();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Tenant tenant() {
        return new Tenant(
                "main",
                null,
                null,
                1,
                List.of(),
                List.of(),
                null,
                new RegistrationPolicy(
                        Mode.OFF,
                        List.of(),
                        Scope.parse("openid"),
                        List.of(),
                        10,
                        Duration.ofDays(30),
                        List.of(),
                        allowed));
    }

    private static Client presented(boolean disabled) {
        SelfRegistration registration = new SelfRegistration(
                Source.METADATA_DOCUMENT, null, false, null, null, List.of(), null, null, null, false);
        Client plain = disabled ? Samples.disabledClient(ID) : Samples.client(ID);
        return new Client(
                plain.tenant(),
                ID,
                null,
                plain.authMethod(),
                List.of(),
                null,
                plain.redirectUris(),
                plain.grantTypes(),
                plain.responseTypes(),
                plain.scope(),
                null,
                true,
                disabled,
                0,
                1,
                TestClock.START,
                null,
                null,
                null,
                null,
                registration);
    }

    /** As it is used: on one event loop. */
    private Future<Void> prepare(String clientId) {
        Promise<Void> done = Promise.promise();
        node.vertx.runOnContext(
                here -> clients.prepare("main", clientId, ADDRESS).onComplete(done));
        return done.future();
    }

    private Code refused(String clientId) {
        return ((OAuthError.Protocol) refusal(prepare(clientId))).code();
    }

    @Test
    @DisplayName("Client ID Metadata Document, 4: the document at the client_id is what the client is made of")
    void theDocumentIsTheClient() {
        await(prepare(ID));
        assertThat(fetched).containsExactly(URI.create(ID));
        ClientDrafts.Make make = node.askedOnce(ClientDrafts.Make.class);
        assertThat(make.clientId()).isEqualTo(ID);
        assertThat(make.source()).isEqualTo(Source.METADATA_DOCUMENT);
        assertThat(new JsonObject(make.metadata()).getString("client_name")).isEqualTo("Paper Boat");
        assertThat(node.asked(Registrations.Present.class)).hasSize(1);
        assertThat(node.askedOnce(Registrations.Admit.class).remoteAddress()).isEqualTo(ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.org/client",
                "HTTPS://app.example.org/client",
                "https://app.example.org",
                "https://app.example.org/client#part",
                "https://ada@app.example.org/client",
                "https://app.example.org/a/../client",
                "https://app.example.org/./client",
                "https://app.example.org/%2e%2E/client",
                "https://app.example.org/..",
                "https:///client",
                "https://app.example.org/cli ent",
                "https:client",
                "ftp://app.example.org/client",
                "web"
            })
    @DisplayName("Client ID Metadata Document, 3: a client_id that is no such address is never fetched")
    void otherAddressesAreNotFetched(String clientId) {
        await(prepare(clientId));
        await(prepare("https://app.example.org/" + "x".repeat(200)));
        assertThat(node.asked(Registrations.Admit.class)).isEmpty();
        assertThat(fetched).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.org/oauth/client.json/",
                "https://app.example.org/oauth/Client.json",
                "https://APP.example.org/oauth/client.json",
                "https://app.example.org:443/oauth/client.json",
                "https://evil.example.org/oauth/client.json",
                ""
            })
    @DisplayName("Client ID Metadata Document, 4: client_id in the document must be its address, letter by letter")
    void theClientIdIsTheAddress(String clientId) {
        document.put("client_id", clientId);
        assertThat(refused(ID)).isEqualTo(Code.INVALID_CLIENT_METADATA);
        assertThat(node.asked(Registrations.Present.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret, a-secret",
        "client_secret_expires_at, 0",
        "token_endpoint_auth_method, client_secret_basic",
        "token_endpoint_auth_method, client_secret_post",
        "token_endpoint_auth_method, client_secret_jwt",
        "token_endpoint_auth_method, tls_client_auth"
    })
    @DisplayName("Client ID Metadata Document, 4.1: the document must hold no secret, and no method that needs one")
    void noSecrets(String name, String value) {
        document.put(name, value);
        assertThat(refused(ID)).isEqualTo(Code.INVALID_CLIENT_METADATA);
        assertThat(node.asked(ClientDrafts.Make.class)).isEmpty();
    }

    @Test
    @DisplayName("Client ID Metadata Document, 4: without redirect_uris it is no good")
    void redirectUrisAreRequired() {
        document.remove("redirect_uris");
        assertThat(refused(ID)).isEqualTo(Code.INVALID_CLIENT_METADATA);
    }

    @Test
    @DisplayName("Client ID Metadata Document, 4.1: a client that names no method is public")
    void theDefaultIsNone() {
        await(prepare(ID));
        assertThat(new JsonObject(node.askedOnce(ClientDrafts.Make.class).metadata())
                        .getString("token_endpoint_auth_method"))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"1, 300", "299, 300", "600, 600", "90000, 86400", ", 3600"})
    @DisplayName("Client ID Metadata Document, 4.3: it is kept as long as its headers say, within bounds")
    void itIsKeptForAWhile(Long said, long kept) {
        life = said == null ? null : Duration.ofSeconds(said);
        await(prepare(ID));
        node.clock.pass(Duration.ofSeconds(kept).minusMillis(1));
        await(prepare(ID));
        assertThat(fetched).hasSize(1);
        node.clock.pass(Duration.ofMillis(1));
        await(prepare(ID));
        assertThat(fetched).hasSize(2);
        assertThat(node.asked(Registrations.Present.class)).hasSize(2);
    }

    @Test
    void manyAtOnceFetchOnce() {
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            all.add(prepare(ID));
        }
        all.forEach(TestNode::await);
        assertThat(fetched.size()).isLessThanOrEqualTo(32);
        await(prepare(ID));
        assertThat(node.asked(Registrations.Admit.class)).hasSize(fetched.size());
    }

    @Test
    @DisplayName("Client ID Metadata Document, 4.3: what is no good is remembered for a moment only")
    void errorsAreRememberedBriefly() {
        document.remove("redirect_uris");
        refused(ID);
        refused(ID);
        assertThat(fetched).hasSize(1);
        document = document();
        node.clock.pass(Duration.ofMinutes(1));
        await(prepare(ID));
        assertThat(fetched).hasSize(2);
    }

    @Test
    void whoeverAsksTooMuch_takesNothingFromOthers() {
        node.failing(Registrations.Admit.class, new OAuthError.Throttled(Duration.ofSeconds(9)));
        assertThat(refusal(prepare(ID))).isInstanceOf(OAuthError.Throttled.class);
        node.on(Registrations.Admit.class, admit -> new Registrations.Admitted(false));
        await(prepare(ID));
        assertThat(fetched).hasSize(1);
    }

    @Test
    void whatADocumentNoLongerSays_isUsedNoLonger() {
        await(prepare(ID));
        document.put("client_id", "https://other.example.org/");
        node.clock.pass(Duration.ofHours(1));
        assertThat(refused(ID)).isEqualTo(Code.INVALID_CLIENT_METADATA);
    }

    @Test
    void whereTheTenantDoesNotLetIt_nothingIsFetched() {
        allowed = false;
        await(prepare(ID));
        assertThat(node.asked(Registrations.Admit.class)).isEmpty();
        assertThat(fetched).isEmpty();
    }

    @Test
    void ofADeclaredOrDisabledClient_nothingIsFetched() {
        stored = Samples.client(ID);
        await(prepare(ID));
        stored = presented(true);
        await(prepare(ID));
        assertThat(fetched).isEmpty();
    }

    @Test
    void aSectorThatDoesNotListItsRedirectUris_isNotItsOwn() {
        document.put("subject_type", "pairwise").put("sector_identifier_uri", "https://victim.example.org/sector");
        node.documents = (place, largest) -> Future.succeededFuture(new ClientDocuments.Document(
                place.getHost().equals("victim.example.org")
                        ? "[\"https://victim.example.org/cb\"]"
                        : document.encode(),
                null));
        assertThat(refused(ID)).isEqualTo(Code.INVALID_CLIENT_METADATA);
        assertThat(node.asked(ClientDrafts.Make.class)).isEmpty();
    }
}
