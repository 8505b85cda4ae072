package io.gatehouse.gateway.oauth;

import io.gatehouse.common.details.DetailType;
import io.gatehouse.common.model.TokenFamily;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about the protocol.
 *
 * @param issuer of the default tenant
 * @param defaultAudience of access tokens; null: the issuer
 * @param codeLife how long a code of a family may wait
 * @param pushedRequestLife how long a pushed authorization request may wait
 * @param dpopNonceRequired whether DPoP proofs must hold a nonce of ours
 * @param authorizationDetails types that may be asked for (RFC 9396)
 */
public record ProtocolSettings(
        String issuer,
        @Nullable String defaultAudience,
        Function<TokenFamily, Duration> codeLife,
        Duration pushedRequestLife,
        boolean dpopNonceRequired,
        List<DetailType> authorizationDetails) {}
