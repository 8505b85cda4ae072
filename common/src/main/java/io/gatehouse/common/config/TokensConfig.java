package io.gatehouse.common.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lifetimes and algorithm of tokens; families may override the lifetimes.
 *
 * @param accessTtl life of an access token
 * @param refreshTtl life of a grant, whatever its use
 * @param refreshIdleTtl life of a grant that nobody refreshes; at most refreshTtl
 * @param refreshReplayWindow how long a spent refresh token is answered with its successor; zero is strict
 * @param codeTtl life of an authorization code
 * @param pushedRequestTtl life of a pushed authorization request
 * @param defaultAudience the audience of access tokens, or null: the issuer
 * @param signingAlgorithm ES256, RS256, PS256 or EdDSA
 * @param dpopNonce whether DPoP proofs must hold a nonce of the server: optional or required
 * @param families what differs for token families
 */
public record TokensConfig(
        @Key(doc = "Life of an access token.", defaultValue = "PT10M", min = "PT10S", max = "PT1H")
        Duration accessTtl,

        @Key(
                doc = "Life of a grant from its first token on, however often it is refreshed.",
                defaultValue = "P30D",
                min = "PT10S",
                max = "P400D")
        Duration refreshTtl,

        @Key(
                doc = "A grant that is not refreshed for so long ends. At most refresh_ttl.",
                defaultValue = "P14D",
                min = "PT10S",
                max = "P400D")
        Duration refreshIdleTtl,

        @Key(doc = """
                        For so long after a rotation the spent refresh token is answered with the same
                        successor, for clients that lost the reply. 0 is strict: any second use ends the grant.""", defaultValue = "PT30S", min = "PT0S", max = "PT1M")
        Duration refreshReplayWindow,

        @Key(doc = "Life of an authorization code.", defaultValue = "PT1M", min = "PT10S", max = "PT10M")
        Duration codeTtl,

        @Key(
                doc =
                        "Life of a pushed authorization request (RFC 9126): within it the browser must come with its request_uri.",
                defaultValue = "PT90S",
                min = "PT1M",
                max = "PT10M")
        Duration pushedRequestTtl,

        @Key(doc = "The `aud` of access tokens for which no other was asked. Default: the issuer.", max = "512")
        @Nullable
        String defaultAudience,

        @Key(
                doc = "The algorithm that signs access tokens, where neither client nor tenant chose another.",
                defaultValue = "ES256",
                oneOf = {"ES256", "RS256", "PS256", "EdDSA"})
        String signingAlgorithm,

        @Key(
                doc = """
                        Whether DPoP proofs (RFC 9449) must hold a nonce of the server, which answers give in DPoP-Nonce.
                        Where it is optional, one that is there must be right.""",
                defaultValue = "optional",
                oneOf = {"optional", "required"})
        String dpopNonce,

        @Key(doc = "What differs per family of paths.") FamiliesConfig families)
        implements Checked {

    @Override
    public void check(Rules rules) {
        FamilyConfig.checkIdle(rules, refreshIdleTtl, refreshTtl);
    }
}
