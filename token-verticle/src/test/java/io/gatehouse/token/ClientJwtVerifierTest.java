package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a JWT names, and on whose word. */
class ClientJwtVerifierTest extends ClientJwtCase {
    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void verify_statesWhoLogsIn(String name) {
        algorithm = name;
        sample.family = TokenFamily.BABELBIRD;
        ClientJwtStatement statement = state(signed(header(name), "{" + DATED + "}"), ADA);
        assertThat(statement.tenant()).isEqualTo("main");
        assertThat(statement.clientId()).isEqualTo("web");
        assertThat(statement.clientEpoch()).isEqualTo(3);
        assertThat(statement.family()).isEqualTo(TokenFamily.BABELBIRD);
        assertThat(statement.user()).isEqualTo(ADA);
        assertThat(statement.authTime()).isEqualTo(TokenNode.NOW);
        assertThat(statement.expiresAt()).isEqualTo(TokenNode.NOW.plusSeconds(5));
        assertThat(statement.replay()).isNotNull();
        assertThat(statement.replayUntil())
                .as("as long as it counts, and as long as a statement about it may take to the store")
                .isEqualTo(Instant.ofEpochSecond(SECONDS).plusSeconds(300 + 60 + 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"client_id\":\"web\"|true",
                "\"payload\":{\"client_id\":\"web\"}|true",
                "\"client_id\":\"web\",\"payload\":{\"client_id\":\"web\"}|true",
                "\"client_id\":\"web\",\"payload\":{}|true",
                "\"client_id\":\"web\",\"payload\":{\"client_id\":\"app\"}|false",
                "\"client_id\":\"app\",\"payload\":{\"client_id\":\"web\"}|false",
                "\"client_id\":\"app\"|false",
                "\"client_id\":\"WEB\"|false",
                "\"client_id\":\"\"|false",
                "\"client_id\":null|false",
                "\"client_id\":[\"web\"]|false",
                "\"payload\":{\"payload\":{\"client_id\":\"web\"}}|false",
                "\"data\":{\"client_id\":\"web\"}|false",
            })
    void verify_wantsTheClientsOwnId(String claims, boolean counts) {
        String jwt = signed(PLAIN, "{\"iat\":" + SECONDS + "," + claims + "}");
        if (counts) {
            assertThat(state(jwt, ADA).clientId()).isEqualTo("web");
        } else {
            invalid(jwt);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"email\":\"ada@example.org\"|EMAIL|ada@example.org",
                "\"phone\":\"+15550100\"|PHONE|+15550100",
                "\"babelId\":\"E-1001\"|EMPLOYEE_ID|E-1001",
                "\"payload\":{\"babelId\":\"E-1001\"}|EMPLOYEE_ID|E-1001",
                "\"email\":\"\",\"babelId\":\"E-1001\"|EMPLOYEE_ID|E-1001",
            })
    void verify_takesTheUserFromTheJwt(String claims, Kind kind, String value) {
        requireSignedSelector = true;
        String jwt = signed(PLAIN, "{" + DATED + "," + claims + "}");
        assertThat(state(jwt, null).user()).isEqualTo(new LoginName(kind, value));
        assertThat(state(jwt, new LoginName(kind, value)).user()).isEqualTo(new LoginName(kind, value));
        assertThat(refusal(jwt, new LoginName(kind, value + "0"))).isEqualTo(Code.INVALID_GRANT);
        assertThat(refusal(jwt, new LoginName(Kind.USERNAME, value))).isEqualTo(Code.INVALID_GRANT);
    }

    @Test
    void verify_refusesAJwtThatNamesAUserBadly() {
        for (String claims : List.of(
                "\"email\":\"a@b.c\",\"phone\":\"+15550100\"",
                "\"email\":\"a@b.c\",\"payload\":{\"babelId\":\"E-1\"}",
                "\"email\":\"a@b.c\",\"payload\":{\"email\":\"b@b.c\"}",
                "\"email\":[\"a@b.c\"]",
                "\"email\":7")) {
            invalid(signed(PLAIN, "{" + DATED + "," + claims + "}"));
        }
    }

    @Test
    void verify_withoutASelectorInTheJwt_obeysTheClientsFlags() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        assertThat(state(jwt, ADA).user()).isEqualTo(ADA);
        assertThat(refusal(jwt, null)).isEqualTo(Code.ACCESS_DENIED);
        allowAdministrator = true;
        assertThat(state(jwt, null).user()).isNull();
        assertThat(state(jwt, ADA).user()).isEqualTo(ADA);
        requireSignedSelector = true;
        assertThat(refusal(jwt, ADA)).isEqualTo(Code.ACCESS_DENIED);
        assertThat(refusal(jwt, null)).isEqualTo(Code.ACCESS_DENIED);
    }

    @Test
    void replay_isTheSameHoweverTheUserIsSpelled() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        Digest replay = state(jwt, ADA).replay();
        assertThat(state(jwt, new LoginName(Kind.EMAIL, "ADA@Example.org")).replay())
                .isEqualTo(replay);
        assertThat(state(jwt, new LoginName(Kind.EMAIL, "bob@example.org")).replay())
                .isNotEqualTo(replay);
        assertThat(state(signed(PLAIN, "{" + DATED + ",\"a\":1}"), ADA).replay())
                .isNotEqualTo(replay);
        String withId = "{" + DATED + ",\"jti\":\"1\"";
        Digest byId = state(signed(PLAIN, withId + "}"), ADA).replay();
        assertThat(state(signed(PLAIN, withId + ",\"a\":1}"), new LoginName(Kind.PHONE, "+1"))
                        .replay())
                .isEqualTo(byId)
                .isNotEqualTo(replay);
        String signedName = "{" + DATED + ",\"email\":\"Ada@example.org\"}";
        assertThat(state(signed(PLAIN, signedName), new LoginName(Kind.EMAIL, "aDA@example.org"))
                        .user())
                .isEqualTo(new LoginName(Kind.EMAIL, "Ada@example.org"));
    }

    /** The store counts by it how often such a JWT comes. */
    @Test
    void jwt_isStatedWhereItHasATimeAndNamesNobody() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        Digest stated = state(jwt, ADA).jwt();
        assertThat(stated).isEqualTo(Digest.of(jwt.substring(0, jwt.lastIndexOf('.'))));
        assertThat(state(jwt, new LoginName(Kind.EMAIL, "bob@example.org")).jwt())
                .isEqualTo(stated);
        allowAdministrator = true;
        assertThat(state(jwt, null).jwt()).isEqualTo(stated);
        assertThat(state(signed(PLAIN, "{" + DATED + ",\"email\":\"ada@example.org\"}"), ADA)
                        .jwt())
                .isNull();
        allowUndated = true;
        assertThat(state(signed(PLAIN, "{\"client_id\":\"web\"}"), ADA).jwt()).isNull();
    }

    @Test
    void client_withoutJwtLoginOrDisabled_isDenied() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        assertThat(code(verify("main", node.attestor.attest(statement()), jwt, ADA)))
                .isEqualTo(Code.ACCESS_DENIED);
        sample.jwtLogin = jwtLogin();
        sample.disabled = true;
        assertThat(code(verify("main", node.attestor.attest(statement()), jwt, ADA)))
                .isEqualTo(Code.ACCESS_DENIED);
    }

    @Test
    void clientStatement_mustBeTheStoresForThisTenantAndTime() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        sample.jwtLogin = jwtLogin();
        Attestor foreign = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
        assertThat(code(verify("main", foreign.attest(statement()), jwt, ADA))).isEqualTo(Code.INVALID_CLIENT);
        assertThat(code(verify("main", node.attestor.attest(sample.ticket()), jwt, ADA)))
                .isEqualTo(Code.INVALID_CLIENT);
        assertThat(code(verify("acme", node.attestor.attest(statement()), jwt, ADA)))
                .isEqualTo(Code.INVALID_CLIENT);
        ClientStatement stale = new ClientStatement(sample.client(), TokenNode.NOW);
        assertThat(node.refusal(verify("main", node.attestor.attest(stale), jwt, ADA)))
                .isEqualTo(new OAuthError.Unavailable("token"));
    }

    /** A database writer may move sealed keys about. */
    @Test
    void key_sealedForAnotherClientTenantOrAlgorithm_isNotUsed() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        sealedFor = "app";
        assertThat(node.refusal(request(jwt, ADA))).isInstanceOf(OAuthError.Defect.class);
        sealedFor = "web";
        sample.tenant = "acme";
        assertThat(node.refusal(request(jwt, ADA))).isInstanceOf(OAuthError.Defect.class);
        sample.tenant = "main";
        assertThat(state(jwt, ADA).user()).isEqualTo(ADA);
        JwtLogin login = jwtLogin();
        algorithm = "HS512";
        sample.jwtLogin = new JwtLogin(
                "HS512", login.key(), login.keyDigest(), false, false, false, "payload", login.selectors(), List.of());
        Attestation moved = node.attestor.attest(statement());
        assertThat(node.refusal(verify("main", moved, signed(header("HS512"), "{" + DATED + "}"), ADA)))
                .isInstanceOf(OAuthError.Defect.class);
    }
}
