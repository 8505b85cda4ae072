package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.AssertionGrants;
import io.gatehouse.common.message.ClientAssertions;
import io.gatehouse.common.message.ClientDrafts;
import io.gatehouse.common.message.ClientJwts;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Passcodes;
import io.gatehouse.common.message.SigningKeys;
import io.gatehouse.common.message.TokenHealth;
import io.gatehouse.common.message.UpstreamAssertions;
import io.gatehouse.common.message.VerificationKeys;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Supplier;

/** Answers what the token role is asked, on one event loop; {@link TokenRole#verticle} makes it. */
public final class TokenVerticle extends VerticleBase {
    private final Bus bus;
    private final TokenIssuer issuer;
    private final TokenExchange exchange;
    private final ClientJwtVerifier clientJwts;
    private final ClientAssertionVerifier clientAssertions;
    private final GrantAssertionVerifier grantAssertions;
    private final ClientDraftMaker drafts;
    private final JwtAppIssuer jwtApps;
    private final IdTokenService idTokens;
    private final UpstreamAssertionMinter assertions;
    private final PasscodeService passcodes;
    private final DailyPageKeys pageKeys;
    private final KeyRing ring;
    private final KeyRotation rotation;
    private final KeyOrders keyOrders;
    private final Supplier<PartHealth> health;
    private long timer = -1;

    TokenVerticle(
            Bus bus,
            TokenIssuer issuer,
            TokenExchange exchange,
            ClientJwtVerifier clientJwts,
            ClientAssertionVerifier clientAssertions,
            GrantAssertionVerifier grantAssertions,
            ClientDraftMaker drafts,
            JwtAppIssuer jwtApps,
            IdTokenService idTokens,
            UpstreamAssertionMinter assertions,
            PasscodeService passcodes,
            DailyPageKeys pageKeys,
            KeyRing ring,
            KeyRotation rotation,
            KeyOrders keyOrders,
            Supplier<PartHealth> health) {
        this.bus = bus;
        this.issuer = issuer;
        this.exchange = exchange;
        this.clientJwts = clientJwts;
        this.clientAssertions = clientAssertions;
        this.grantAssertions = grantAssertions;
        this.drafts = drafts;
        this.jwtApps = jwtApps;
        this.idTokens = idTokens;
        this.assertions = assertions;
        this.passcodes = passcodes;
        this.pageKeys = pageKeys;
        this.ring = ring;
        this.rotation = rotation;
        this.keyOrders = keyOrders;
        this.health = health;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                        bus.serve(Issuer.class, Issuer.ADDRESS, this::issuer),
                        bus.serve(ClientJwts.class, ClientJwts.ADDRESS, this::clientJwts),
                        bus.serve(JwtAppTokens.class, JwtAppTokens.ADDRESS, this::jwtApps),
                        bus.serve(VerificationKeys.class, VerificationKeys.ADDRESS, this::verificationKeys),
                        bus.serve(ClientAssertions.class, ClientAssertions.ADDRESS, this::clientAssertions),
                        bus.serve(AssertionGrants.class, AssertionGrants.ADDRESS, this::assertionGrants),
                        bus.serve(ClientDrafts.class, ClientDrafts.ADDRESS, this::drafts),
                        bus.serve(IdTokens.class, IdTokens.ADDRESS, idTokens::answer),
                        bus.serve(PageKeys.class, PageKeys.ADDRESS, this::pageKeys),
                        bus.serve(UpstreamAssertions.class, UpstreamAssertions.ADDRESS, this::assertions),
                        bus.serve(
                                Passcodes.class,
                                Passcodes.ADDRESS,
                                request -> Future.succeededFuture(passcodes.answer(request))),
                        bus.serve(SigningKeys.class, SigningKeys.ADDRESS, keyOrders::answer),
                        bus.serve(TokenHealth.class, TokenHealth.ADDRESS, this::health),
                        bus.hear(this::heard)))
                .onSuccess(served ->
                        timer = vertx.setPeriodic(KeyRotation.LOOK_EVERY.toMillis(), tick -> rotation.look()));
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    private Future<?> issuer(Issuer<?> request) {
        return switch (request) {
            case Issuer.Issue issue -> issuer.issue(issue);
            case Issuer.Exchange wanted -> exchange.exchange(wanted);
        };
    }

    private Future<?> clientJwts(ClientJwts<?> request) {
        return switch (request) {
            case ClientJwts.Verify verify -> Future.succeededFuture(clientJwts.verify(verify));
        };
    }

    private Future<?> clientAssertions(ClientAssertions<?> request) {
        return switch (request) {
            case ClientAssertions.Verify verify -> clientAssertions.verify(verify);
        };
    }

    private Future<?> assertionGrants(AssertionGrants<?> request) {
        return switch (request) {
            case AssertionGrants.Verify verify -> grantAssertions.verify(verify);
        };
    }

    private Future<?> drafts(ClientDrafts<?> request) {
        return switch (request) {
            case ClientDrafts.Make make -> Future.succeededFuture(drafts.make(make));
        };
    }

    private Future<?> jwtApps(JwtAppTokens<?> request) {
        return switch (request) {
            case JwtAppTokens.Issue issue -> jwtApps.issue(issue);
            case JwtAppTokens.Keys keys -> jwtApps.keys(keys);
        };
    }

    private Future<?> verificationKeys(VerificationKeys<?> request) {
        return switch (request) {
            case VerificationKeys.Get get -> ring.published(get.tenant());
        };
    }

    private Future<?> assertions(UpstreamAssertions<?> request) {
        return switch (request) {
            case UpstreamAssertions.Mint mint -> assertions.mint(mint);
        };
    }

    private Future<?> pageKeys(PageKeys<?> request) {
        return switch (request) {
            case PageKeys.Get get -> Future.succeededFuture(pageKeys.get());
        };
    }

    private Future<?> health(TokenHealth<?> request) {
        return switch (request) {
            case TokenHealth.Check check -> Future.succeededFuture(health.get());
        };
    }

    private void heard(Event event) {
        if (event instanceof Event.KeysChanged changed) {
            ring.changed(changed.tenant(), changed.version());
        }
    }
}
