package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.RegistrationPolicy.StatementIssuer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What somebody whom the tenant trusts says of a software (RFC 7591, section 2.3). One per event loop. */
final class SoftwareStatements {
    private static final String MEMBER = "software_statement";
    private static final String REDIRECTS = "redirect_uris";

    /** Of the statement itself, not of the client. */
    private static final Set<String> ABOUT_ITSELF = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", MEMBER);

    private final RequestObjects signatures;
    private final Clock clock;

    SoftwareStatements(Vertx vertx, Clock clock) {
        this.signatures = new RequestObjects(vertx, (client, kid) -> Future.succeededFuture(), clock);
        this.clock = clock;
    }

    /**
     * What a client is made of.
     *
     * @param vouched whether there was a statement that says where answers go
     */
    record Stated(JsonObject metadata, boolean vouched) {}

    /**
     * The metadata with what the statement says in the place of what the client says.
     *
     * @return fails with invalid_software_statement or unapproved_software_statement
     */
    Future<Stated> apply(JsonObject metadata, RegistrationPolicy policy) {
        Object statement = metadata.getValue(MEMBER);
        if (statement == null) {
            return Future.succeededFuture(new Stated(metadata, false));
        }
        return Future.succeededFuture(statement)
                .map(SoftwareStatements::parse)
                .compose(parsed -> verified(parsed, policy))
                // It comes with each copy of the software, from which anybody may take it.
                .map(claims -> new Stated(merged(metadata, claims), claims.containsKey(REDIRECTS)));
    }

    private static RequestObject parse(Object statement) {
        if (!(statement instanceof String text)) {
            throw invalid("software_statement is no text");
        }
        try {
            return RequestObject.parse(text);
        } catch (OAuthFailure malformed) {
            throw invalid("software_statement is no signed JWT that could be read: get another from its issuer");
        }
    }

    private Future<JsonObject> verified(RequestObject statement, RegistrationPolicy policy) {
        Object named = statement.claims().getValue("iss");
        StatementIssuer issuer = policy.statementIssuers().stream()
                .filter(known -> known.issuer().equals(named))
                .findFirst()
                .orElseThrow(() -> OAuthError.failure(
                        Code.UNAPPROVED_SOFTWARE_STATEMENT,
                        "software_statement is by nobody whom the operator trusts: leave it out, or ask there"));
        List<JsonObject> keys = ObjectKeys.of(issuer.jwks(), statement.algorithm(), statement.kid());
        return signatures
                .verify(statement, keys)
                .recover(wrong ->
                        Future.failedFuture(invalid("the signature of software_statement is by no key of its issuer")))
                .map(right -> {
                    checkTimes(statement.claims());
                    return statement.claims();
                });
    }

    private void checkTimes(JsonObject claims) {
        Instant now = clock.instant();
        if (isNo(claims, "exp", time -> now.isBefore(time)) || isNo(claims, "nbf", time -> !time.isAfter(now))) {
            throw invalid("software_statement does not count now: get another from its issuer");
        }
    }

    private interface Check {
        boolean holds(Instant time);
    }

    private static boolean isNo(JsonObject claims, String name, Check check) {
        Object time = claims.getValue(name);
        return time != null
                && !(time instanceof Number number && check.holds(Instant.ofEpochSecond(number.longValue())));
    }

    private static JsonObject merged(JsonObject metadata, JsonObject claims) {
        JsonObject merged = metadata.copy();
        claims.forEach(claim -> {
            if (!ABOUT_ITSELF.contains(claim.getKey())) {
                merged.put(claim.getKey(), claim.getValue());
            }
        });
        return merged;
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_SOFTWARE_STATEMENT, description);
    }
}
