package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserState;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class CodeContract extends ContractCase {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final LoginName ADA = new LoginName(Kind.EMPLOYEE_ID, "E-2");

    private int jwts;

    @Test
    void take_givesWhatTheCodeWasWrittenFor() {
        CodeOrder order = put();
        forward(Duration.ofMinutes(1));
        AuthorizationCode code = redeemed(order).code();
        assertThat(code.subject()).isEqualTo(Samples.ADA);
        assertThat(code.clientId()).isEqualTo("web");
        assertThat(code.family()).isEqualTo(TokenFamily.BABELBIRD);
        assertThat(code.scope())
                .as("neither account pages nor a stay beyond the visit")
                .isEqualTo(Scope.parse("profile api"));
        assertThat(code.amr()).containsExactly("jwt_login");
        assertThat(code.authTime()).isEqualTo(order.statement().authTime());
        assertThat(code.grant()).isEqualTo(order.grant());
        assertThat(code.grantExpiresAt()).isEqualTo(order.grantExpiresAt());
        assertThat(code.takenAt()).isNull();
    }

    @Test
    void take_inParallelGivesOnceAndWhatItGaveIsDead() {
        CodeOrder order = put();
        List<Future<CodeResult>> takes = IntStream.range(0, 64)
                .mapToObj(i -> store.codes().take(take("web", order), now()))
                .toList();
        List<CodeResult> results = Await.results(takes);
        assertThat(results).filteredOn(CodeResult.Redeemed.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(CodeResult.Refused.class::isInstance)
                .extracting(result -> ((CodeResult.Refused) result).reason())
                .hasSize(63)
                .containsOnly(TakeRefusal.REPLAYED);
        AuthorizationCode code = results.stream()
                .filter(CodeResult.Redeemed.class::isInstance)
                .map(result -> ((CodeResult.Redeemed) result).code())
                .findFirst()
                .orElseThrow();
        Grant grant = CodeSamples.grant(code, now());
        assertThat(open(grant)).isEqualTo(Opening.OPENED);
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.REVOKED);
        assertThat(log()).as("denied once").singleElement().satisfies(line -> denies(line, grant));
    }

    @Test
    void replay_beforeTheGrantIsWritten_leavesItBornDead() {
        CodeOrder order = put();
        Grant grant = CodeSamples.grant(redeemed(order).code(), now());
        assertThat(refused(order).denials()).singleElement().satisfies(line -> denies(line, grant));
        assertThat(open(grant)).isEqualTo(Opening.OPENED);
        assertThat(open(grant)).as("once").isEqualTo(Opening.EXISTS);
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.REVOKED);
        reopen(Samples.TIMES);
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.REVOKED);
    }

    @Test
    void replay_afterTheGrantWasWritten_revokesIt() {
        CodeOrder order = put();
        Grant grant = openGrant(CodeSamples.grant(redeemed(order).code(), now()));
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        reopen(Samples.TIMES);
        CodeResult.Refused replay = refused(order);
        assertThat(replay.reason()).isEqualTo(TakeRefusal.REPLAYED);
        assertThat(replay.denials()).singleElement().satisfies(line -> denies(line, grant));
        assertThat(log()).isEqualTo(replay.denials());
        assertThat(refusal(grant, 1)).isEqualTo(Refusal.REVOKED);
        assertThat(refused(order)).isEqualTo(new CodeResult.Refused(TakeRefusal.REPLAYED, List.of()));
    }

    @Test
    void take_byAnotherClient_burnsTheCodeButKillsNothing() {
        Await.result(store.clients().declare(Samples.client("app")));
        CodeOrder order = put();
        assertThat(result(take("app", order))).isEqualTo(new CodeResult.Refused(TakeRefusal.FOREIGN, List.of()));
        assertThat(refused(order).reason()).isEqualTo(TakeRefusal.REPLAYED);
        CodeOrder other = put();
        Grant grant = openGrant(CodeSamples.grant(redeemed(other).code(), now()));
        assertThat(result(take("app", other))).isEqualTo(new CodeResult.Refused(TakeRefusal.FOREIGN, List.of()));
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
    }

    @Test
    void take_byWhoOnlyNamesItself_spendsNothing() {
        CodeOrder order = put();
        CodeResult foreign = new CodeResult.Refused(TakeRefusal.FOREIGN, List.of());
        String publicClient = BuiltInClients.clientId(TokenFamily.LOGIN);
        assertThat(result(take(publicClient, order))).isEqualTo(foreign);
        assertThat(result(take("nobody", order))).isEqualTo(foreign);
        Grant grant = openGrant(CodeSamples.grant(redeemed(order).code(), now()));
        assertThat(result(take(publicClient, order))).isEqualTo(foreign);
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
    }

    @Test
    void take_ofAnotherTenantOrCode_findsNothingAndSpendsNothing() {
        CodeOrder order = put();
        Take foreign = new Take(OTHER_TENANT, "web", order.id(), null, null);
        CodeResult unknown = new CodeResult.Refused(TakeRefusal.UNKNOWN, List.of());
        assertThat(result(foreign)).isEqualTo(unknown);
        CodeId never = CodeId.make(now()).id();
        assertThat(result(new Take(Tenant.MAIN, "web", never, null, null))).isEqualTo(unknown);
        redeemed(order);
    }

    @Test
    void take_ignoresARedirectUriThatTheCodeHasNot() {
        CodeOrder order = put();
        assertThat(result(new Take(Tenant.MAIN, "web", order.id(), "https://x.example/", null)))
                .isInstanceOf(CodeResult.Redeemed.class);
    }

    @Test
    void take_withAVerifierForACodeWithoutChallenge_burnsIt() {
        CodeOrder order = put();
        assertThat(result(new Take(Tenant.MAIN, "web", order.id(), null, "challenge")))
                .isEqualTo(new CodeResult.Refused(TakeRefusal.CODE_VERIFIER, List.of()));
        assertThat(refused(order).reason()).isEqualTo(TakeRefusal.REPLAYED);
    }

    @Test
    void take_afterItsExpiry_burnsTheCode() {
        CodeOrder last = put();
        CodeOrder late = put();
        forward(LIFE.minusMillis(1));
        redeemed(last);
        forward(Duration.ofMillis(1));
        assertThat(refused(late).reason()).isEqualTo(TakeRefusal.EXPIRED);
        assertThat(refused(late).reason()).isEqualTo(TakeRefusal.REPLAYED);
    }

    @Test
    void tombstone_endsAMinuteAfterTheCode() {
        CodeOrder order = put();
        Grant grant = openGrant(CodeSamples.grant(redeemed(order).code(), now()));
        forward(LIFE.plus(CodeRules.TOMBSTONE));
        assertThat(refused(order)).isEqualTo(new CodeResult.Refused(TakeRefusal.UNKNOWN, List.of()));
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        CodeOrder other = put();
        Grant second = openGrant(CodeSamples.grant(redeemed(other).code(), now()));
        forward(LIFE.plus(CodeRules.TOMBSTONE).minusMillis(1));
        assertThat(refused(other).reason()).isEqualTo(TakeRefusal.REPLAYED);
        assertThat(refusal(second, 0)).isEqualTo(Refusal.REVOKED);
    }

    @Test
    void take_refusesWhoWasRefusedMeanwhile() {
        CodeOrder loggedOut = put();
        Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(refused(loggedOut).reason()).isEqualTo(TakeRefusal.SUBJECT_REFUSED);
        CodeOrder blocked = put();
        CodeOrder disabled = put();
        Await.result(store.clients().disable(Tenant.MAIN, "web", now()));
        assertThat(refused(disabled).reason()).isEqualTo(TakeRefusal.CLIENT_REFUSED);
        Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.BLOCKED, now()));
        assertThat(refused(blocked).reason()).isEqualTo(TakeRefusal.SUBJECT_REFUSED);
    }

    @Test
    void put_takesAClientsJwtOnce() {
        Digest jwt = Digest.of("jwt");
        Instant until = now().plus(Duration.ofMinutes(6));
        List<Future<@Nullable PutRefusal>> puts = IntStream.range(0, 64)
                .mapToObj(i -> store.codes().put(order(statement("web", 0, ADA, jwt, until)), now()))
                .toList();
        List<@Nullable PutRefusal> refusals = new ArrayList<>(Await.results(puts));
        assertThat(refusals).filteredOn(refusal -> refusal == null).hasSize(1);
        assertThat(refusals).filteredOn(PutRefusal.REPLAYED::equals).hasSize(63);
        reopen(Samples.TIMES);
        assertThat(put(statement("web", 0, ADA, jwt, until))).isEqualTo(PutRefusal.REPLAYED);
        forward(Duration.ofMinutes(6).minusMillis(1));
        assertThat(put(statement("web", 0, ADA, jwt, until))).isEqualTo(PutRefusal.REPLAYED);
        forward(Duration.ofMillis(1));
        assertThat(put(statement("web", 0, ADA, jwt, until)))
                .as("the memory is over; whoever vouches for such a JWT knows that it is stale")
                .isNull();
    }

    @Test
    void put_remembersJwtsPerClient() {
        Await.result(store.clients().declare(Samples.client("app")));
        Instant until = now().plus(Duration.ofMinutes(6));
        assertThat(put(statement("web", 0, ADA, Digest.of("jwt"), until))).isNull();
        assertThat(put(statement("app", 0, ADA, Digest.of("jwt"), until))).isNull();
    }

    @Test
    void put_ofAJwtWithoutTime_hasNothingToRememberItBy() {
        assertThat(put(statement("web", 0, ADA, null, null))).isNull();
        assertThat(put(statement("web", 0, ADA, null, null))).isNull();
    }

    @Test
    void put_spendsTheJwtAlsoWhereItIsRefused() {
        Instant until = now().plus(Duration.ofMinutes(6));
        LoginName nobody = new LoginName(Kind.EMAIL, "nobody@example.org");
        assertThat(put(statement("web", 0, nobody, Digest.of("jwt"), until))).isEqualTo(PutRefusal.SUBJECT_REFUSED);
        assertThat(put(statement("web", 0, ADA, Digest.of("jwt"), until))).isEqualTo(PutRefusal.REPLAYED);
    }

    @Test
    void put_findsTheUserByAnyName() {
        Await.result(store.users().declare(Samples.ada(true, true), null));
        for (LoginName name :
                List.of(ADA, new LoginName(Kind.EMAIL, "Ada@Example.ORG"), new LoginName(Kind.PHONE, "+15550101"))) {
            CodeOrder order = order(fresh(name));
            assertThat(Await.result(store.codes().put(order, now()))).isNull();
            assertThat(redeemed(order).code().subject()).isEqualTo(Samples.ADA);
        }
        assertThat(put(fresh(new LoginName(Kind.EMAIL, "E-2")))).isEqualTo(PutRefusal.SUBJECT_REFUSED);
    }

    @Test
    void put_findsNobodyByAnAddressOrANumberThatIsNotKnownToBeTheirs() {
        LoginName email = new LoginName(Kind.EMAIL, "ada@example.org");
        LoginName phone = new LoginName(Kind.PHONE, "+15550101");
        Await.result(store.users().declare(Samples.ada(false, true), null));
        assertThat(put(fresh(email))).isEqualTo(PutRefusal.SUBJECT_REFUSED);
        assertThat(put(fresh(phone))).isNull();
        Await.result(store.users().declare(Samples.ada(true, false), null));
        assertThat(put(fresh(email))).isNull();
        assertThat(put(fresh(phone))).isEqualTo(PutRefusal.SUBJECT_REFUSED);
        Await.result(store.users().declare(Samples.ada(false, false), null));
        assertThat(put(fresh(ADA))).as("the operator gave the number").isNull();
    }

    @Test
    void put_refusesWhoIsNotActive() {
        Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.DEACTIVATED, now()));
        assertThat(put(fresh(ADA))).isEqualTo(PutRefusal.SUBJECT_REFUSED);
    }

    @Test
    void put_refusesAClientThatIsUnknownOrDisabled() {
        assertThat(put(statement("nobody", 0, ADA, null, null))).isEqualTo(PutRefusal.CLIENT_REFUSED);
        Await.result(store.clients().disable(Tenant.MAIN, "web", now()));
        assertThat(put(fresh(ADA))).isEqualTo(PutRefusal.CLIENT_REFUSED);
        assertThat(put(statement("web", 1, ADA, null, null))).isEqualTo(PutRefusal.CLIENT_REFUSED);
    }

    @Test
    void put_forNobody_isForTheTenantsAdministrator() {
        assertThat(put(fresh(null))).as("none is declared").isEqualTo(PutRefusal.SUBJECT_REFUSED);
        Await.result(store.tenants().declare(new Tenant(Tenant.MAIN, null, "bob", 0)));
        assertThat(put(fresh(null))).as("it is no user").isEqualTo(PutRefusal.SUBJECT_REFUSED);
        Await.result(store.users().declare(Samples.bob(), null));
        CodeOrder order = order(fresh(null));
        assertThat(Await.result(store.codes().put(order, now()))).isNull();
        assertThat(redeemed(order).code().subject()).isEqualTo(Samples.BOB);
    }

    @Test
    void restart_keepsCodes() {
        CodeOrder order = put();
        reopen(Samples.TIMES);
        redeemed(order);
        reopen(Samples.TIMES);
        assertThat(refused(order).reason()).isEqualTo(TakeRefusal.REPLAYED);
    }

    private CodeOrder put() {
        CodeOrder order = order(fresh(ADA));
        assertThat(Await.result(store.codes().put(order, now()))).isNull();
        return order;
    }

    private @Nullable PutRefusal put(ClientJwtStatement statement) {
        return Await.result(store.codes().put(order(statement), now()));
    }

    private CodeOrder order(ClientJwtStatement statement) {
        Instant end = now().plus(LIFE);
        Instant grantEnd = Samples.TIMES.end(TokenFamily.BABELBIRD, now());
        return new CodeOrder(statement, CodeId.make(end).id(), end, GrantId.expiring(grantEnd), grantEnd);
    }

    private ClientJwtStatement fresh(@Nullable LoginName user) {
        return statement("web", 0, user, Digest.of("jwt " + jwts++), now().plus(Duration.ofMinutes(6)));
    }

    private ClientJwtStatement statement(
            String clientId, long epoch, @Nullable LoginName user, @Nullable Digest replay, @Nullable Instant until) {
        return new ClientJwtStatement(
                Tenant.MAIN, clientId, epoch, TokenFamily.BABELBIRD, user, replay, until, now(), now().plusSeconds(5));
    }

    private static Take take(String clientId, CodeOrder order) {
        return new Take(Tenant.MAIN, clientId, order.id(), null, null);
    }

    private CodeResult result(Take take) {
        return Await.result(store.codes().take(take, now()));
    }

    private CodeResult.Redeemed redeemed(CodeOrder order) {
        return (CodeResult.Redeemed) result(take("web", order));
    }

    private CodeResult.Refused refused(CodeOrder order) {
        return (CodeResult.Refused) result(take("web", order));
    }

    private Opening open(Grant grant) {
        return Await.result(store.grants().open(grant, now()));
    }

    private static void denies(SequencedDenial line, Grant grant) {
        assertThat(line.denial().kind()).isEqualTo(Denial.Kind.GRANT);
        assertThat(line.denial().key()).isEqualTo(grant.id().gid());
        assertThat(line.denial().clientId()).isEqualTo("web");
    }
}
