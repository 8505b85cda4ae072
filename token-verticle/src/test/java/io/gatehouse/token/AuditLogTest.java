package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.Issuer.Issue;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.Scope;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private final CapturedLog log = new CapturedLog("gatehouse.audit");
    private final TokenNode node = TokenNode.usual();

    @AfterEach
    void close() {
        log.close();
        node.close();
    }

    @Test
    void issued_namesTheTokenAndNeverShowsIt() throws Exception {
        Issued issued = node.issue(new Samples().ticket(), "api");
        SignedJWT token = Jwts.read(issued.accessToken());
        assertThat(log.events()).hasSize(1);
        assertThat(pairs(log.events().get(0)))
                .isEqualTo(Map.of(
                        "event", "token_issued",
                        "tenant", "main",
                        "client_id", "web",
                        "sub", "0c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60",
                        "family", "oauth",
                        "jti", token.getJWTClaimsSet().getJWTID(),
                        "kid", token.getHeader().getKeyID(),
                        "gid", token.getJWTClaimsSet().getStringClaim("gid")));
        assertThat(log.events().toString())
                .doesNotContain(issued.accessToken().reveal().split("\\.")[2]);
    }

    @Test
    void issued_forAClient_hasNoGrant() {
        node.issue(new Samples().client(), "api");
        assertThat(pairs(log.events().get(0))).containsEntry("sub", "web").doesNotContainKey("gid");
        assertThat(log.events().toString() + pairs(log.events().get(0))).doesNotContain(Samples.SECRET);
    }

    @Test
    void issued_withAnIdToken_hasALineForEach() throws Exception {
        OpenIdSamples sample = new OpenIdSamples(node);
        SignedJWT token = Jwts.read(sample.idToken());
        assertThat(log.events()).hasSize(2);
        assertThat(pairs(log.events().get(1)))
                .isEqualTo(Map.of(
                        "event",
                        "id_token_issued",
                        "tenant",
                        "main",
                        "client_id",
                        "web",
                        "sub",
                        OpenIdSamples.SUBJECT,
                        "jti",
                        token.getJWTClaimsSet().getJWTID(),
                        "kid",
                        token.getHeader().getKeyID(),
                        "gid",
                        sample.login.ticket().grant().gid()));
        sample.algorithm = IdTokenAlgorithm.HS256;
        assertThat(sample.idToken()).isNotNull();
        assertThat(pairs(log.events().get(3))).containsKey("jti").doesNotContainKey("kid");
    }

    @Test
    void logout_namesWhoIsToHearOfIt() throws Exception {
        OpenIdSamples sample = new OpenIdSamples(node);
        SignedJWT token = Jwts.read(node.ask(sample.signLogout()).jwt());
        assertThat(pairs(log.events().get(0)))
                .isEqualTo(Map.of(
                        "event",
                        "logout_token_issued",
                        "tenant",
                        "main",
                        "client_id",
                        "web",
                        "sub",
                        OpenIdSamples.SUBJECT,
                        "jti",
                        token.getJWTClaimsSet().getJWTID(),
                        "kid",
                        token.getHeader().getKeyID()));
    }

    @Test
    void refused_saysWhyForTheOperator() {
        Attestor stranger = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
        node.refusal(new Issue("main", new ByTicket(stranger.attest(new Samples().ticket())), Scope.EMPTY));
        ILoggingEvent line = log.events().get(0);
        assertThat(line.getLevel()).isEqualTo(Level.WARN);
        assertThat(pairs(line))
                .isEqualTo(Map.of("event", "token_refused", "tenant", "main", "reason", "forged_ticket"));
    }

    private static Map<String, String> pairs(ILoggingEvent event) {
        return event.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }
}
