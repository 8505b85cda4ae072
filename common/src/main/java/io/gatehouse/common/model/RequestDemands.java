package io.gatehouse.common.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client's authorization requests must come, and how they are answered (RFC 9126, section 6; RFC 9101, section 10.5;
 * JARM, section 5).
 *
 * @param pushed {@code require_pushed_authorization_requests}
 * @param signed {@code require_signed_request_object}
 * @param objectAlgorithm {@code request_object_signing_alg}, a JWS name; null: any that fits its keys
 * @param requestUris from where request objects may be fetched, compared letter by letter but for the fragment
 * @param responseAlgorithm {@code authorization_signed_response_alg}, a JWS name; null: the default of JARM, RS256
 */
public record RequestDemands(
        boolean pushed,
        boolean signed,
        @Nullable String objectAlgorithm,
        List<String> requestUris,
        @Nullable IdTokenAlgorithm responseAlgorithm) {
    /** Of a client that registered nothing. */
    public static final RequestDemands NONE = new RequestDemands(false, false, null, List.of(), null);

    public RequestDemands {
        requestUris = List.copyOf(requestUris);
    }
}
