package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A client that logs users in by JWTs of its own, and what it is told of them. */
abstract class ClientJwtCase {
    static final String KEY = "jwt-login-key-0123456789abcdef0123456789";
    static final MasterKeys MASTER_KEYS =
            new MasterKeys(Bytes.of(Base64.getDecoder().decode(TokenNode.MASTER_KEY)), List.of());
    static final String PLAIN = "{\"alg\":\"HS256\"}";
    static final long SECONDS = TokenNode.NOW.getEpochSecond();
    static final String DATED = "\"client_id\":\"web\",\"iat\":" + SECONDS;
    static final LoginName ADA = new LoginName(Kind.EMAIL, "ada@example.org");
    static TokenNode node;

    String algorithm = "HS256";
    String sealedFor = "web";
    boolean allowUndated;
    boolean allowAdministrator;
    boolean requireSignedSelector;
    final Samples sample = new Samples();

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    ClientJwtStatement state(String jwt, @Nullable LoginName selector) {
        ClientJwtStatement statement =
                node.attestor.verify(node.ask(request(jwt, selector)).statement(), ClientJwtStatement.class);
        assertThat(statement).isNotNull();
        return statement;
    }

    /** What it says. */
    String invalid(String jwt) {
        OAuthError.Protocol error = (OAuthError.Protocol) node.refusal(request(jwt, ADA));
        assertThat(error.code()).as(jwt).isEqualTo(Code.INVALID_GRANT);
        return error.description();
    }

    Code refusal(String jwt, @Nullable LoginName selector) {
        return code(request(jwt, selector));
    }

    static Code code(ClientJwts.Verify request) {
        return ((OAuthError.Protocol) node.refusal(request)).code();
    }

    ClientJwts.Verify request(String jwt, @Nullable LoginName selector) {
        sample.jwtLogin = jwtLogin();
        return verify(sample.tenant, node.attestor.attest(statement()), jwt, selector);
    }

    static ClientJwts.Verify verify(String tenant, Attestation client, String jwt, @Nullable LoginName selector) {
        return new ClientJwts.Verify(tenant, client, TokenFamily.BABELBIRD, Secret.of(jwt), selector);
    }

    ClientStatement statement() {
        return new ClientStatement(sample.client(), TokenNode.NOW.plusSeconds(60));
    }

    JwtLogin jwtLogin() {
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

    String signed(String header, String payload) {
        return signed(header, payload, KEY, algorithm);
    }

    static String signed(String header, String payload, String key, String algorithm) {
        return mac(encode(header) + "." + encode(payload), key, algorithm);
    }

    static String mac(String input, String key, String algorithm) {
        String name = "HmacSHA" + algorithm.substring(2);
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), name));
            return input + "." + Base64Url.encode(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String encode(String text, String charset) {
        return Base64Url.encode(text.getBytes(Charset.forName(charset)));
    }

    static String header(String algorithm) {
        return "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
    }

    static String encode(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
