package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Taking;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** RFC 6749, section 4.1.3, with PKCE (RFC 7636). The store spends the code, whatever comes of it. */
final class AuthorizationCodeGrant implements Grant {
    /** RFC 7636, section 4.1. */
    private static final Pattern CODE_VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final Bus bus;
    private final GrantOpening opening;
    private final RevocationList revocations;

    AuthorizationCodeGrant(Bus bus, GrantOpening opening, RevocationList revocations) {
        this.bus = bus;
        this.opening = opening;
        this.revocations = revocations;
    }

    @Override
    public String grantType() {
        return "authorization_code";
    }

    @Override
    public Future<TokenResponse> grant(GrantRequest request) {
        AuthenticatedClient client = request.client();
        Parameters parameters = request.parameters();
        CodeId code = CodeId.parse(parameters.require("code"));
        String challenge = challenge(parameters.get("code_verifier"));
        if (code == null) {
            return Future.failedFuture(invalid());
        }
        return bus.ask(new Codes.Take(
                        client.tenant(), client.clientId(), code, parameters.get("redirect_uri"), challenge))
                .compose(taking -> answer(taking, request))
                .map(response -> client.client().mayUse("refresh_token") ? response : response.withoutRefreshToken());
    }

    private Future<TokenResponse> answer(Taking taking, GrantRequest request) {
        return switch (taking) {
            case Taking.Taken taken ->
                opening.open(taken.ticket(), request.client().statement(), taken.profile(), request.terms());
            case Taking.Refused refused -> {
                revocations.add(refused.denials());
                yield Future.failedFuture(invalid());
            }
        };
    }

    /** S256, the only method; a verifier that could not have been made is as wrong as another one. */
    private static @Nullable String challenge(@Nullable String verifier) {
        if (verifier == null) {
            return null;
        }
        if (!CODE_VERIFIER.matcher(verifier).matches()) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST, "code_verifier must have 43 to 128 letters, digits and any of - . _ ~");
        }
        return Digest.of(verifier).value().base64Url();
    }

    private static RuntimeException invalid() {
        return OAuthError.failure(
                Code.INVALID_GRANT,
                "the code is invalid, expired, spent, another client's, or its redirect_uri or code_verifier differs");
    }
}
