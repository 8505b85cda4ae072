package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.ClientJwts;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.TokenFamily;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientJwtVerifierTest {
    private static final String KEY = "jwt-login-key-0123456789abcdef0123456789";
    private static final MasterKeys MASTER_KEYS =
            new MasterKeys(Bytes.of(Base64.getDecoder().decode(TokenNode.MASTER_KEY)), List.of());
    private static final String PLAIN = "{\"alg\":\"HS256\"}";
    private static final long SECONDS = TokenNode.NOW.getEpochSecond();
    private static final String DATED = "\"client_id\":\"web\",\"iat\":" + SECONDS;
    private static final LoginName ADA = new LoginName(Kind.EMAIL, "ada@example.org");
    private static TokenNode node;

    private String algorithm = "HS256";
    private String sealedFor = "web";
    private boolean allowUndated;
    private boolean allowAdministrator;
    private boolean requireSignedSelector;
    private final Samples sample = new Samples();

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

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
    @CsvSource({
        // exp, nbf, iat, time, since
        ", , 0, , -60",
        "300, -200, -100, , -160",
        ", , -100, -50, -160",
        ", -30, , , -90",
        "300, , , , -3300",
        "3600, -20, , , 0",
    })
    void verify_saysSinceWhenItMayHaveBeenPresented(
            @Nullable Long exp, @Nullable Long nbf, @Nullable Long iat, @Nullable Long time, long since) {
        String jwt = signed(
                PLAIN,
                "{\"client_id\":\"web\"" + claim("exp", exp) + claim("nbf", nbf) + claim("iat", iat)
                        + claim("time", time) + "}");
        assertThat(state(jwt, ADA).replaySince()).isEqualTo(Instant.ofEpochSecond(SECONDS + since));
    }

    @ParameterizedTest
    @CsvSource({"HS256,HS384", "HS256,HS512", "HS512,HS256", "HS256,none", "HS256,None", "HS256,RS256", "HS256,hs256"})
    void verify_refusesAnyOtherAlgorithm(String pinned, String named) {
        algorithm = pinned;
        invalid(signed(header(named), "{" + DATED + "}"));
        invalid(encode(header(named)) + "." + encode("{" + DATED + "}") + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
                "{\"alg\":\"HS256\",\"jku\":\"https://evil.example/\"}",
                "{\"alg\":\"HS256\",\"x5u\":\"https://evil.example/\"}",
                "{\"alg\":\"HS256\",\"x5c\":[]}",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"HS256\",\"crit\":null}",
                "{\"alg\":\"HS256\",\"b64\":false}",
                "{\"alg\":\"HS256\",\"enc\":\"A256GCM\"}",
                "{\"alg\":\"HS256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":null}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\"}{}",
                "{\"alg\":\"HS256\"",
                "[\"HS256\"]",
                "\"HS256\"",
                "null",
                "",
                "x",
            })
    void verify_refusesAHeaderThatBringsMoreOrLess(String header) {
        invalid(signed(header, "{" + DATED + "}"));
    }

    @Test
    void verify_refusesAnotherSignature() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        int dot = jwt.lastIndexOf('.');
        byte[] mac = Base64.getUrlDecoder().decode(jwt.substring(dot + 1));
        invalid(jwt.substring(0, dot + 1));
        invalid(jwt.substring(0, dot));
        for (int length : new int[] {1, 16, 31}) {
            invalid(jwt.substring(0, dot + 1) + Base64Url.encode(Arrays.copyOf(mac, length)));
        }
        invalid(jwt.substring(0, dot + 1) + Base64Url.encode(Arrays.copyOf(mac, 33)));
        mac[31] ^= 1;
        invalid(jwt.substring(0, dot + 1) + Base64Url.encode(mac));
        invalid(signed(PLAIN, "{" + DATED + "}", KEY + "x", "HS256"));
        invalid(signed(PLAIN, "{" + DATED + "}", Samples.SECRET, "HS256"));
        invalid(signed(PLAIN, "{" + DATED + "}", KEY, "HS512"));
        invalid(encode(PLAIN) + "." + encode("{" + DATED + ",\"x\":1}") + jwt.substring(dot));
    }

    @Test
    void verify_refusesWhatIsNoJwsOfThreeSegments() {
        String jwt = signed(PLAIN, "{" + DATED + "}");
        for (String text : List.of(
                "",
                ".",
                "..",
                "...",
                "a.b",
                "x",
                jwt + "=",
                jwt + ".",
                jwt + "." + jwt,
                jwt + ".." + jwt,
                " " + jwt,
                jwt + "\n",
                "." + jwt,
                jwt.replace('.', ','),
                encode("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..AAAA.AAAA.AAAA",
                "é".repeat(40))) {
            invalid(text);
        }
    }

    @Test
    void verify_refusesWhatIsTooLong() {
        String padding = "\"pad\":\"" + "x".repeat(5_900) + "\"";
        assertThat(state(signed(PLAIN, "{" + DATED + "," + padding + "}"), ADA)).isNotNull();
        String longer = "\"pad\":\"" + "x".repeat(6_200) + "\"";
        assertThat(invalid(signed(PLAIN, "{" + DATED + "," + longer + "}"))).contains("longer than 8192");
        invalid("x".repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "[]",
                "\"web\"",
                "{",
                "{}",
                "{}{}",
                "{client_id:1}",
                "{\"client_id\":\"web\",\"client_id\":\"web\",\"iat\":0}",
                "{\"a\":[[[[[[[[[[[[1]]]]]]]]]]]]}",
                "{\"payload\":7}",
                "{\"payload\":\"web\"}",
                "{\"payload\":null}",
            })
    void verify_refusesAPayloadThatIsNoPlainObject(String payload) {
        invalid(signed(PLAIN, payload));
        invalid(signed(
                PLAIN, payload.startsWith("{\"") ? payload.replaceFirst("\\{", "{" + DATED + ",") + "x" : payload));
    }

    @Test
    void verify_refusesPayloadsThatAreDeepOrNameAThingTwice() {
        invalid(signed(PLAIN, "{" + DATED + ",\"a\":" + "[".repeat(9) + "]".repeat(9) + "}"));
        invalid(signed(PLAIN, "{" + DATED + ",\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}"));
        invalid(signed(PLAIN, "{" + DATED + ",\"email\":\"a@b.c\",\"email\":\"a@b.c\"}"));
        invalid(signed(PLAIN, "{" + DATED + ",\"payload\":{\"a\":1,\"a\":2}}"));
        invalid(signed(PLAIN, "{" + DATED + "} {}"));
        invalid(signed(PLAIN, "{" + DATED + ",}"));
        invalid(signed(PLAIN, "{" + DATED + ",\"a\":" + "9".repeat(2_000) + "}"));
    }

    /** Another reader of the same bytes would see another text, or none. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void verify_refusesAnyOtherEncoding(String charset) {
        String payload = "{" + DATED + "}";
        invalid(mac(encode(PLAIN) + "." + encode(payload, charset), KEY, algorithm));
        invalid(mac(encode(PLAIN, charset) + "." + encode(payload), KEY, algorithm));
    }

    @Test
    void verify_refusesAByteOrderMarkAndBrokenUtf8() {
        invalid(signed(PLAIN, "\uFEFF{" + DATED + "}"));
        invalid(signed("\uFEFF" + PLAIN, "{" + DATED + "}"));
        String latin = encode("{" + DATED + ",\"a\":\"\u00e9\"}", "ISO-8859-1");
        invalid(mac(encode(PLAIN) + "." + latin, KEY, algorithm));
        assertThat(state(signed(PLAIN, "{" + DATED + ",\"a\":\"\u00e9\"}"), ADA))
                .isNotNull();
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

    /** Times as seconds from now (12:00:01.5 counts as 12:00:01). */
    @ParameterizedTest
    @CsvSource({
        "iat,0,true",
        "iat,-359,true",
        "iat,-360,false",
        "iat,60,true",
        "iat,62,false",
        "time,0,true",
        "time,-359,true",
        "time,-360,false",
        "time,62,false",
        "exp,300,true",
        "exp,-59,true",
        "exp,-60,false",
        "exp,3600,true",
        "exp,3602,false",
        "nbf,0,true",
        "nbf,60,true",
        "nbf,62,false",
        "nbf,-360,false",
    })
    void verify_wantsATimeOfNow(String claim, long offset, boolean counts) {
        long seconds = SECONDS + offset;
        for (String time : List.of("" + seconds, seconds + "000", seconds + ".0")) {
            for (String form : List.of("\"%s\":%s", "\"payload\":{\"%s\":%s}")) {
                String jwt = signed(PLAIN, "{\"client_id\":\"web\"," + form.formatted(claim, time) + "}");
                if (counts) {
                    assertThat(state(jwt, ADA).replayUntil()).isNotNull();
                } else {
                    invalid(jwt);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // exp, nbf, iat, time
        "300, -7200, , , true",
        "300, -7200, -10, , true",
        "-61, , 0, , false",
        "300, , -400, , false",
        "300, 100, 0, , false",
        ", , -400, 0, false",
        ", , 0, -400, false",
        ", , 0, 400, false",
        "10, , 0, 0, true",
    })
    void verify_wantsEveryTimeToAgree(
            @Nullable Long exp, @Nullable Long nbf, @Nullable Long iat, @Nullable Long time, boolean counts) {
        String jwt = signed(
                PLAIN,
                "{\"client_id\":\"web\"" + claim("exp", exp) + claim("nbf", nbf) + claim("iat", iat)
                        + claim("time", time) + "}");
        if (counts) {
            assertThat(state(jwt, ADA).replayUntil())
                    .isAfter(TokenNode.NOW)
                    .isBeforeOrEqualTo(TokenNode.NOW.plus(Duration.ofSeconds(300 + 60 + 10)));
        } else {
            invalid(jwt);
        }
    }

    private static String claim(String name, @Nullable Long offset) {
        return offset == null ? "" : ",\"" + name + "\":" + (SECONDS + offset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"now\"",
                "\"1777863721\"",
                "-1",
                "1e300",
                "1e999999999",
                "true",
                "{}",
                "99999999999999999"
            })
    void verify_refusesATimeThatIsNone(String time) {
        allowUndated = true;
        for (String name : List.of("exp", "iat", "nbf", "time")) {
            invalid(signed(PLAIN, "{\"client_id\":\"web\",\"" + name + "\":" + time + "}"));
        }
    }

    @Test
    void verify_takesAnUndatedJwtWhereAllowedOnly() {
        String jwt = signed(PLAIN, "{\"client_id\":\"web\"}");
        assertThat(invalid(jwt)).contains("no time");
        allowUndated = true;
        ClientJwtStatement statement = state(jwt, ADA);
        assertThat(statement.replay()).isNull();
        assertThat(statement.replayUntil()).isNull();
        assertThat(statement.replaySince()).isNull();
        assertThat(state(signed(PLAIN, "{" + DATED + "}"), ADA).replay())
                .as("a dated one is remembered all the same")
                .isNotNull();
        invalid(signed(PLAIN, "{\"client_id\":\"web\",\"iat\":" + (SECONDS - 1000) + "}"));
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

    private ClientJwtStatement state(String jwt, @Nullable LoginName selector) {
        ClientJwtStatement statement =
                node.attestor.verify(node.ask(request(jwt, selector)).statement(), ClientJwtStatement.class);
        assertThat(statement).isNotNull();
        return statement;
    }

    /** What it says. */
    private String invalid(String jwt) {
        OAuthError.Protocol error = (OAuthError.Protocol) node.refusal(request(jwt, ADA));
        assertThat(error.code()).as(jwt).isEqualTo(Code.INVALID_GRANT);
        return error.description();
    }

    private Code refusal(String jwt, @Nullable LoginName selector) {
        return code(request(jwt, selector));
    }

    private static Code code(ClientJwts.Verify request) {
        return ((OAuthError.Protocol) node.refusal(request)).code();
    }

    private ClientJwts.Verify request(String jwt, @Nullable LoginName selector) {
        sample.jwtLogin = jwtLogin();
        return verify(sample.tenant, node.attestor.attest(statement()), jwt, selector);
    }

    private static ClientJwts.Verify verify(
            String tenant, Attestation client, String jwt, @Nullable LoginName selector) {
        return new ClientJwts.Verify(tenant, client, TokenFamily.BABELBIRD, Secret.of(jwt), selector);
    }

    private ClientStatement statement() {
        return new ClientStatement(sample.client(), TokenNode.NOW.plusSeconds(60));
    }

    private JwtLogin jwtLogin() {
        Secret key = Secret.of(KEY);
        Sealed sealed = ClientKeys.seal(MASTER_KEYS, "main", sealedFor, algorithm, key);
        return new JwtLogin(
                algorithm,
                sealed,
                ClientKeys.digest(key),
                allowUndated,
                allowAdministrator,
                requireSignedSelector,
                "payload",
                Map.of("email", Kind.EMAIL, "phone", Kind.PHONE, "babelId", Kind.EMPLOYEE_ID),
                List.of());
    }

    private String signed(String header, String payload) {
        return signed(header, payload, KEY, algorithm);
    }

    private static String signed(String header, String payload, String key, String algorithm) {
        return mac(encode(header) + "." + encode(payload), key, algorithm);
    }

    private static String mac(String input, String key, String algorithm) {
        String name = "HmacSHA" + algorithm.substring(2);
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), name));
            return input + "." + Base64Url.encode(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(String text, String charset) {
        return Base64Url.encode(text.getBytes(Charset.forName(charset)));
    }

    private static String header(String algorithm) {
        return "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
    }

    private static String encode(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
