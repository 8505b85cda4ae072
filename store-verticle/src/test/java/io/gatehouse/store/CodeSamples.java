package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Codes of Ada's for {@code web}, and what codes are made of. */
public final class CodeSamples {
    private CodeSamples() {}

    public static AuthorizationCode code(CodeId id, Instant end) {
        return code(id, end, null, null, null);
    }

    static AuthorizationCode code(
            CodeId id,
            Instant end,
            @Nullable String redirectUri,
            @Nullable String codeChallenge,
            @Nullable Instant takenAt) {
        return new AuthorizationCode(
                Tenant.MAIN,
                id,
                "web",
                Samples.ADA,
                TokenFamily.OAUTH,
                Scope.parse("api"),
                GrantId.expiring(end),
                end,
                0,
                0,
                redirectUri,
                codeChallenge,
                null,
                null,
                null,
                Samples.NOW,
                List.of("pwd"),
                Samples.NOW,
                end,
                takenAt);
    }

    /** The grant that whoever took the code writes. */
    public static Grant grant(AuthorizationCode code, Instant now) {
        return new Grant(
                code.tenant(),
                code.grant(),
                code.clientId(),
                code.subject(),
                code.family(),
                code.scope(),
                Samples.FAMILY,
                Samples.secret(0),
                null,
                null,
                0,
                null,
                false,
                code.subjectEpoch(),
                code.clientEpoch(),
                null,
                code.sessionId(),
                code.authTime(),
                code.amr(),
                now,
                code.grantExpiresAt(),
                code.grantExpiresAt(),
                null,
                code.claims(),
                code.consentEpoch(),
                code.access());
    }

    /** @param replay null: of a JWT without any time */
    static ClientJwtStatement jwtLogin(String tenant, String clientId, @Nullable Digest replay, Instant now) {
        return jwtLogin(tenant, clientId, replay, now, null);
    }

    /** @param jwt where the user stands beside the JWT */
    static ClientJwtStatement jwtLogin(
            String tenant, String clientId, @Nullable Digest replay, Instant now, @Nullable Digest jwt) {
        return new ClientJwtStatement(
                tenant,
                clientId,
                0,
                TokenFamily.BABELBIRD,
                new LoginName(LoginName.Kind.EMAIL, "ada@example.org"),
                replay,
                replay == null ? null : now.plus(Duration.ofMinutes(6)),
                now,
                now.plusSeconds(5),
                jwt,
                null);
    }
}
