package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What clients of a FAPI profile are held to (FAPI 2.0 Security Profile, section 5.3.2; FAPI 2.0 Message Signing, section 5),
 * beyond what is in their registration.
 */
final class Fapi {
    private static final Duration LONGEST_CODE = Duration.ofSeconds(60);

    /** Less than 600 seconds. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(599);

    /** Of request objects: how long ago they may begin, and how long they may last from then on. */
    private static final Duration LONGEST_OBJECT = Duration.ofMinutes(60);

    private Fapi() {}

    static Duration codeLife(Client client, Duration configured) {
        return shorter(client, configured, LONGEST_CODE);
    }

    static Duration pushedLife(Client client, Duration configured) {
        return shorter(client, configured, LONGEST_REQUEST);
    }

    /**
     * How a request must say where and how it is answered.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request
     */
    static void checkAnswer(Client client, ReturnAddress back) {
        OAuthRegistration registered = client.extensions();
        if (registered.isFapi() && !back.given()) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "redirect_uri is missing: this client must always send it");
        }
        if (registered.signsMessages() && !back.mode().isSigned()) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST, "response_mode must be jwt or one that ends so: this client's are signed");
        }
    }

    /**
     * Refuses, before the proof is verified, an algorithm that it would then be verified by.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_dpop_proof
     */
    static void checkProof(Client client, @Nullable ShownProof proof) {
        if (proof == null || !client.extensions().isFapi()) {
            return;
        }
        String text = proof.jwt();
        Bytes header = Base64Url.decode(text.substring(0, Math.max(0, text.indexOf('.'))));
        JsonObject json = header == null ? null : StrictObject.parse(header.utf8());
        if (json == null
                || !(json.getValue("alg") instanceof String algorithm)
                || !client.extensions().allows(algorithm)) {
            throw DpopProof.invalid("must be signed by PS256, ES256 or EdDSA");
        }
    }

    /**
     * When a request object counts.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request_object
     */
    static void checkTimes(Client client, JsonObject claims, Instant now) {
        if (!client.extensions().isFapi()) {
            return;
        }
        if (!(claims.getValue("nbf") instanceof Number start) || !(claims.getValue("exp") instanceof Number end)) {
            throw RequestObject.invalid("request must hold nbf and exp, in seconds");
        }
        if (start.longValue() < now.minus(LONGEST_OBJECT).getEpochSecond()) {
            throw RequestObject.invalid("the nbf of request lies more than 60 minutes back: sign a new one");
        }
        if (end.longValue() - start.longValue() > LONGEST_OBJECT.toSeconds()) {
            throw RequestObject.invalid("the exp of request must be at most 60 minutes after its nbf");
        }
    }

    private static Duration shorter(Client client, Duration configured, Duration longest) {
        return client.extensions().isFapi() && configured.compareTo(longest) > 0 ? longest : configured;
    }
}
