package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByClientSecret;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenTerms;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A token role in a Vert.x of its own, with the store's stand-in and the questions a gateway asks. */
final class TokenNode implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-05-04T03:02:01.500Z");
    static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final String CONFIG = "issuer: https://login.example.org\nkeys: {master_key: " + MASTER_KEY + "}\n";

    final Vertx vertx = Vertx.vertx();

    /** What its clock shows; it stands still. */
    volatile Instant now = NOW;

    final StoreStandIn store;
    final Attestor attestor = new Attestor(Bytes.of(new byte[32]));
    final TokenRole role;
    final Bus bus;
    private final BusNode node = new BusNode("test");

    TokenNode(String yaml, StoreStandIn store) {
        this.store = store;
        Bus.register(vertx);
        this.bus = new Bus(vertx, node, 0);
        GatehouseConfig config = ConfigLoader.parse(yaml);
        this.role = await(TokenRole.open(vertx, config, attestor, new Hands(() -> now)));
        await(store.serve(new Bus(vertx, node, 1)));
        await(vertx.deployVerticle(role.verticle(bus)));
    }

    /** With the default configuration and the tenants {@code main} and {@code acme}. */
    static TokenNode usual() {
        return new TokenNode(CONFIG, new StoreStandIn("main", "acme"));
    }

    <R> R ask(Request<R> request) {
        return await(bus.ask(request));
    }

    /** The error that {@code request} fails with. */
    OAuthError refusal(Request<?> request) {
        try {
            throw new AssertionError("answered with " + ask(request));
        } catch (OAuthFailure refused) {
            return refused.error();
        }
    }

    Issuer.Issued issue(Ticket ticket, String scope) {
        return ask(request(ticket, scope));
    }

    Issuer.Issued issue(Client client, String scope) {
        return ask(request(client, Samples.SECRET, scope));
    }

    Issuer.Issue request(Ticket ticket, String scope) {
        return request(ticket, scope, ticket.confirmation());
    }

    /** @param proved null: no key */
    Issuer.Issue request(Ticket ticket, String scope, @Nullable String proved) {
        return new Issuer.Issue(
                ticket.tenant(),
                new ByTicket(attestor.attest(ticket)),
                Scope.parse(scope),
                null,
                null,
                proved == null ? null : new TokenTerms(proved, null));
    }

    Issuer.Issue request(Client client, String secret, String scope) {
        ClientStatement statement = new ClientStatement(client, NOW.plusSeconds(60));
        return new Issuer.Issue(
                client.tenant(), new ByClientSecret(attestor.attest(statement), Secret.of(secret)), Scope.parse(scope));
    }

    VerificationKeys.KeySet keys(String tenant) {
        return ask(new VerificationKeys.Get(tenant));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer after 20 s", late);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
