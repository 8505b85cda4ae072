package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ticket and a client with everything in place, and their ways to differ. */
final class Samples {
    static final String SECRET = "web-secret-0123456789abcdef0123456789";

    String tenant = "main";
    String clientId = "web";
    TokenFamily family = TokenFamily.OAUTH;
    List<String> roles = List.of();
    List<String> amr = List.of("pwd");
    String ceiling = "openid profile api";
    Instant grantExpiresAt = TokenNode.NOW.plusSeconds(86_400);
    Instant expiresAt = TokenNode.NOW.plusSeconds(5);
    long consentEpoch;
    Instant authTime = TokenNode.NOW.minusSeconds(7);

    @Nullable
    String confirmation;

    @Nullable
    String sessionId;

    @Nullable
    SigningAlgorithm algorithm;

    @Nullable
    String idTokenNonce;

    @Nullable
    RequestedClaims claims;

    @Nullable
    RequestedAccess access;

    @Nullable
    OpenIdRegistration openId;

    @Nullable
    OAuthRegistration oauth;

    @Nullable
    String sector;

    AuthMethod authMethod = AuthMethod.CLIENT_SECRET_BASIC;
    List<String> grantTypes = List.of("client_credentials");
    boolean disabled;

    @Nullable
    JwtLogin jwtLogin;

    Ticket ticket() {
        return new Ticket(
                tenant,
                clientId,
                "0c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60",
                family,
                Scope.parse(ceiling),
                roles,
                new GrantId(Bytes.of(new byte[16])),
                grantExpiresAt,
                4,
                2,
                confirmation,
                sessionId,
                authTime,
                amr,
                algorithm,
                Bytes.of(new byte[16]),
                expiresAt,
                idTokenNonce,
                claims,
                consentEpoch,
                access,
                sector);
    }

    Client client() {
        boolean open = authMethod == AuthMethod.NONE;
        return new Client(
                tenant,
                clientId,
                "Web shop",
                authMethod,
                open ? List.of() : List.of(Digest.of(SECRET)),
                null,
                List.of(),
                grantTypes,
                List.of(),
                Scope.parse("openid api"),
                algorithm,
                true,
                disabled,
                3,
                1,
                Instant.EPOCH,
                jwtLogin,
                null,
                openId,
                oauth,
                null);
    }
}
