package io.gatehouse.store;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Codes of Ada's for {@code web}. */
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
}
