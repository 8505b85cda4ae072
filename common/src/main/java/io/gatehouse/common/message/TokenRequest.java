package io.gatehouse.common.message;

/** Answered by the token role. */
public sealed interface TokenRequest<R> extends Request<R>
        permits Issuer,
                ClientJwts,
                ClientAssertions,
                AssertionGrants,
                ClientDrafts,
                JwtAppTokens,
                VerificationKeys,
                IdTokens,
                Passcodes,
                PageKeys,
                UpstreamAssertions,
                SigningKeys,
                TokenHealth {}
