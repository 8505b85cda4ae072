package io.gatehouse.store.copy;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Keys.Save;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.User;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeSamples;
import io.gatehouse.store.RegistrationSamples;
import io.gatehouse.store.Samples;
import io.gatehouse.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Fills a store with rows of every kind, in every state that a copy has to bring over. */
final class Furnished {
    static final String OTHER = "other";
    static final String APIKEY = "33333333-3333-4333-8333-333333333333";
    static final String LONG_CLIENT = "\\0 " + "ü".repeat(300);
    static final LoginName ADA = new LoginName(LoginName.Kind.EMPLOYEE_ID, "E-2");
    static final Instant NOW = Samples.NOW;

    final Grant live = Samples.grant("web");
    final Grant rotated = Samples.grant("web");
    final Grant revoked = Samples.grant("web");
    final CodeOrder fresh = order("web", Digest.of("fresh"));
    final CodeOrder taken = order("web", Digest.of("taken"));
    final CodeOrder replayed = order("web", Digest.of("replayed"));
    final CodeOrder ofLongClient = order(LONG_CLIENT, Digest.of("long"));
    Grant bornDead = live;
    FurnishedSessions sessions;

    private final Store store;

    private Furnished(Store store) {
        this.store = store;
    }

    static Furnished of(Store store) {
        Furnished furnished = new Furnished(store);
        furnished.declare();
        furnished.register();
        furnished.openGrants();
        furnished.putCodes();
        furnished.sessions = new FurnishedSessions(store);
        furnished.enrol();
        furnished.deny();
        return furnished;
    }

    private void declare() {
        Await.result(
                store.tenants().declare(new Tenant(OTHER, APIKEY, "ada", 0, List.of("https://x.example/"), List.of())));
        Await.result(store.clients().declare(Samples.client("web")));
        Await.result(store.clients().declare(Samples.client(LONG_CLIENT)));
        Await.result(store.clients().declare(Samples.client(OTHER, "app", false)));
        Await.result(store.users().declare(Samples.ada(), Samples.HASH));
        Await.result(store.users().declare(Samples.bob(), null));
        Await.result(store.users().declare(Samples.user(OTHER, "üñ\0ï", "ada", "ada@example.org", null, null), null));
        IntStream.range(0, 5)
                .forEach(i -> Await.result(store.users()
                        .declare(Samples.user(OTHER, "subject " + i, "user" + i, null, null, null), null)));
        Await.result(store.jwtApps().declare(Samples.jwtApp("app", "api", "https://x.example")));
        SealedKeySet keys = new SealedKeySet(Tenant.MAIN, 0, List.of(), new Sealed("master", Bytes.utf8("box")));
        Await.result(store.keys().save(new Save(keys, 0)));
        Await.result(store.keys().save(new Save(keys, 1)));
    }

    private void register() {
        for (Client client : List.of(
                RegistrationSamples.client("registered"),
                RegistrationSamples.client("https://app.example.org/" + "x".repeat(300)),
                RegistrationSamples.client(OTHER, "registered", 1))) {
            Await.result(store.registrations().add(client, RegistrationSamples.LIFE, 100, NOW));
        }
        Await.result(store.registrations().notice(Tenant.MAIN, "registered", NOW.plus(Duration.ofDays(2))));
    }

    private void openGrants() {
        List.of(live, rotated, revoked)
                .forEach(grant -> Await.result(store.grants().open(grant, NOW)));
        Await.result(store.grants().rotate(Samples.rotate(rotated, 0), NOW));
        Await.result(store.grants().revoke(new Revoke(Tenant.MAIN, "web", revoked.id(), Samples.FAMILY), NOW));
    }

    private void putCodes() {
        for (CodeOrder order : List.of(fresh, taken, replayed, ofLongClient)) {
            if (Await.result(store.codes().put(order, NOW)) != null) {
                throw new AssertionError("refused");
            }
        }
        Await.result(store.oneTimeValues().spend(proof(), NOW));
        Await.result(store.codes().take(take(taken), NOW));
        CodeResult first = Await.result(store.codes().take(take(replayed), NOW));
        bornDead = CodeSamples.grant(((CodeResult.Redeemed) first).code(), NOW);
        Await.result(store.codes().take(take(replayed), NOW));
    }

    static Spend proof() {
        Instant end = NOW.plusSeconds(60);
        return new Spend(Tenant.MAIN, OneTimeValues.Kind.DPOP_PROOF, "key", Digest.of("proof"), NOW, end);
    }

    private void enrol() {
        User user = Await.result(store.users().find(OTHER, "subject 0"));
        Session session = Samples.TIMES.sessions().begin(user, Digest.of("cookie"), "a browser", NOW);
        Await.result(store.sessions().begin(session, null, NOW));
        SecondFactor factor = new SecondFactor(
                OTHER,
                "subject 0",
                NOW,
                new Sealed("master", Bytes.utf8("secret")),
                List.of(Digest.of("one"), Digest.of("two")),
                7);
        SessionProof proof = new SessionProof(session.id(), session.secret());
        Await.result(store.secondFactors().change(OTHER, proof, factor, Digest.of("fresh"), NOW));
        Await.result(store.secondFactors().use(OTHER, "subject 0", NOW, 8));
        Await.result(store.secondFactors().recover(OTHER, "subject 0", Digest.of("one")));
    }

    private void deny() {
        for (int i = 0; i < 5; i++) {
            Await.result(store.revocations().deny(tokenDenial("jti " + i), NOW));
        }
        // Goes in the place of a line: a number that no line has.
        Await.result(store.revocations().deny(tokenDenial("jti 1", NOW.plusSeconds(90)), NOW));
        Await.result(store.clients().disable(Tenant.MAIN, BuiltInClients.clientId(TokenFamily.LOGIN), NOW));
        Await.result(store.users().logOut(Tenant.MAIN, Samples.BOB, NOW));
    }

    static Denial tokenDenial(String jti) {
        return tokenDenial(jti, NOW.plusSeconds(60));
    }

    private static Denial tokenDenial(String jti, Instant end) {
        return new Denial(Tenant.MAIN, Denial.Kind.TOKEN, jti, 0, "web", end, "gid");
    }

    static Take take(CodeOrder order) {
        return new Take(Tenant.MAIN, order.statement().clientId(), order.id(), null, null);
    }

    static CodeOrder order(String clientId, Digest jwt) {
        ClientJwtStatement statement = new ClientJwtStatement(
                Tenant.MAIN, clientId, 0, TokenFamily.OAUTH, ADA, jwt, NOW.plusSeconds(360), NOW, NOW.plusSeconds(5));
        Instant end = NOW.plus(Duration.ofMinutes(5));
        Instant grantEnd = Samples.TIMES.end(TokenFamily.OAUTH, NOW);
        return new CodeOrder(statement, CodeId.make(end).id(), end, GrantId.expiring(grantEnd), grantEnd);
    }
}
