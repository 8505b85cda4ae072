package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.Beginning;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditLineTest extends RoleCase {
    private final Logger audit = (Logger) LoggerFactory.getLogger("gatehouse.audit");
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        audit.setLevel(Level.INFO);
        audit.setAdditive(false);
        audit.addAppender(lines);
        root.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        audit.detachAppender(lines);
        root.detachAppender(lines);
        audit.setLevel(Level.OFF);
    }

    @Test
    void everythingThatMatters_isAuditedByIdsOnly() {
        Ticket grant = openGrant();
        ask(login("ada", "planted-wrong-password"));
        ask(login("planted-unknown-name", PASSWORD));
        ask(rotate(grant, 0));
        ask(rotate(grant, 7));
        ask(rotate(grant, 0));
        ask(new Users.LogOut(Tenant.MAIN, Samples.ADA));
        ask(new Revocations.DenyToken(
                Tenant.MAIN, "web", "some-jti", clock.instant().plusSeconds(60)));
        ask(new JwtApps.Declare(Samples.jwtApp("shop", "planted-audience")));
        ask(new JwtApps.Declare(Samples.jwtApp("shop", "planted-audience")));
        List<String> text = lines.list.stream().map(AuditLineTest::text).toList();
        assertThat(text)
                .contains(
                        "login event=login tenant=main client_id=gatehouse.login subject=" + Samples.ADA
                                + " outcome=authenticated",
                        "login event=login tenant=main client_id=gatehouse.login subject=" + Samples.ADA
                                + " outcome=BAD_CREDENTIALS",
                        "login event=login tenant=main client_id=gatehouse.login outcome=BAD_CREDENTIALS",
                        "refresh_refused event=refresh_refused tenant=main client_id=gatehouse.login gid="
                                + grant.grant().gid() + " outcome=REUSED",
                        "logout event=logout tenant=main subject=" + Samples.ADA + " outcome=ended",
                        "jwt_app_declared event=jwt_app_declared tenant=main app=shop outcome=changed",
                        "token_denied event=token_denied tenant=main client_id=web jti=some-jti outcome=denied");
        assertThat(text).filteredOn(line -> line.startsWith("jwt_app_declared")).hasSize(1);
        for (String planted :
                List.of("planted", PASSWORD, "ada@example.org", "+15550101", "E-2", "203.0.113.7", "argon2")) {
            assertThat(text).noneMatch(line -> line.contains(planted));
        }
        assertThat(text).noneMatch(line -> line.contains("username") || line.matches(".*\\bada\\b.*"));
    }

    @Test
    void loginsByJwt_areAuditedByClient() {
        for (int i = 0; i < 6; i++) {
            Instant end = clock.instant().plusSeconds(60);
            Attestation undated = attestor.attest(CodeSamples.jwtLogin(Tenant.MAIN, "web", null, clock.instant()));
            Await.result(
                    bus.ask(new Codes.PutByClientJwt(undated, CodeId.make(end).id(), end))
                            .otherwiseEmpty());
        }
        String line = "jwt_login event=jwt_login tenant=main client_id=web outcome=";
        assertThat(lines.list.stream().map(AuditLineTest::text))
                .filteredOn(text -> text.startsWith("jwt_login"))
                .containsExactly(
                        line + "user", line + "user", line + "user", line + "user", line + "user", line + "throttled");
    }

    @Test
    void whatSessionsDo_isAuditedByIdsOnly() {
        SessionProof session = new SessionProof(SessionId.expiring(clock.instant()), Digest.of("planted"));
        ask(SessionRoleCase.begin("ada", "planted-wrong-password", Digest.of("planted"), session));
        Beginning.Begun begun =
                (Beginning.Begun) ask(SessionRoleCase.begin("ada", PASSWORD, Digest.of("planted"), null));
        SessionProof own = new SessionProof(SessionId.parse(begun.sid()), Digest.of("planted"));
        ask(SessionWish.of(own).order(clock.instant()).request());
        ask(new Sessions.Withdraw(Tenant.MAIN, own, "web"));
        ask(new Sessions.ChangePassword(
                Tenant.MAIN, own, Secret.of("planted-wrong"), Secret.of("planted-new"), "203.0.113.7", Digest.of("x")));
        ask(new Sessions.End(Tenant.MAIN, own, null));
        String of = " tenant=main sid=" + begun.sid();
        List<String> text = lines.list.stream().map(AuditLineTest::text).toList();
        assertThat(text)
                .contains(
                        "login event=login tenant=main subject=" + Samples.ADA + " outcome=BAD_CREDENTIALS",
                        "login event=login tenant=main subject=" + Samples.ADA + " sid=" + begun.sid()
                                + " outcome=authenticated",
                        "authorization event=authorization tenant=main client_id=web sid=" + begun.sid()
                                + " consent=GIVEN outcome=granted",
                        "consent_withdrawn event=consent_withdrawn tenant=main client_id=web sid=" + begun.sid()
                                + " outcome=withdrawn",
                        "password_change event=password_change" + of + " subject=" + Samples.ADA
                                + " outcome=WRONG_PASSWORD",
                        "session_ended event=session_ended" + of + " outcome=ended");
        for (String planted : List.of("planted", PASSWORD, "a browser", "203.0.113.7", "argon2")) {
            assertThat(text).noneMatch(line -> line.contains(planted));
        }
        assertThat(text).noneMatch(line -> line.matches(".*\\bada\\b.*"));
    }

    private static String text(ILoggingEvent event) {
        String pairs = event.getKeyValuePairs() == null
                ? ""
                : event.getKeyValuePairs().stream()
                        .map(pair -> " " + pair.key + "=" + pair.value)
                        .collect(Collectors.joining());
        return event.getFormattedMessage() + pairs;
    }
}
