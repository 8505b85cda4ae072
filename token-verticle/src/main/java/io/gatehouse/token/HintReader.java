package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.IdTokens.Hint;
import io.gatehouse.common.message.IdTokens.HintRead;
import io.gatehouse.common.message.IdTokens.ReadHint;
import io.gatehouse.common.message.IdTokens.ReadSubject;
import io.gatehouse.common.message.IdTokens.SubjectRead;
import io.gatehouse.common.message.IdTokens.SubjectTold;
import io.gatehouse.common.message.IdTokens.TellSubject;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.token.TenantSignatures.Named;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads ID tokens that come back as hints, and subjects that clients name. One by a client's secret may have been made by the
 * client itself: it is no more than that client's word, and read only where that client is the one who asks.
 */
final class HintReader {
    private static final HintRead NONE = new HintRead(null);

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final TenantSignatures signatures;
    private final ClientSecrets secrets;
    private final Namings namings;
    private final Clock clock;

    HintReader(
            TokenPolicy policy,
            Authorities authorities,
            TenantSignatures signatures,
            ClientSecrets secrets,
            Namings namings,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.signatures = signatures;
        this.secrets = secrets;
        this.namings = namings;
        this.clock = clock;
    }

    Future<HintRead> read(ReadHint request) {
        Client client = client(request.tenant(), request.client());
        CompactJws jws = parse(request.idToken());
        JsonNode header = jws == null ? null : StrictJson.object(jws.header());
        if (jws == null || header == null || !isOurs(header)) {
            return Future.succeededFuture(NONE);
        }
        boolean bySecret = IdTokenAlgorithm.HS256.jwsName().equals(JwtClaims.text(header, "alg"));
        Future<HintRead> read = bySecret
                ? Future.succeededFuture(client == null ? NONE : bySecret(client, jws))
                : byTenant(request.tenant(), jws, header);
        return client == null ? read : read.compose(told -> real(client, told));
    }

    Future<SubjectRead> read(ReadSubject request) {
        Client client = authorities.client(request.tenant(), request.client(), clock.instant(), Code.INVALID_REQUEST);
        return namings.of(client).map(naming -> new SubjectRead(naming.subject(request.subject())));
    }

    Future<SubjectTold> tell(TellSubject request) {
        Client client = authorities.client(request.tenant(), request.client(), clock.instant(), Code.INVALID_REQUEST);
        return namings.of(client).map(naming -> new SubjectTold(naming.sub(request.subject())));
    }

    /** Another client's was never told by this one's names, and is refused by who asked. */
    private Future<HintRead> real(Client client, HintRead told) {
        Hint hint = told.hint();
        return hint == null || !hint.clientId().equals(client.clientId())
                ? Future.succeededFuture(told)
                : namings.of(client).map(naming -> real(hint, naming));
    }

    private static HintRead real(Hint hint, Naming naming) {
        String subject = naming.subject(hint.subject());
        String sid = hint.sid() == null ? null : naming.sessionId(hint.sid());
        return subject == null ? NONE : new HintRead(new Hint(hint.clientId(), subject, sid, hint.expiresAt()));
    }

    private @Nullable Client client(String tenant, @Nullable Attestation statement) {
        return statement == null ? null : authorities.client(tenant, statement, clock.instant(), Code.INVALID_REQUEST);
    }

    private HintRead bySecret(Client client, CompactJws jws) {
        boolean may = client.registration().idTokenAlgorithm() == IdTokenAlgorithm.HS256;
        ClientSecretKey key = may ? secrets.find(client) : null;
        if (key == null || !key.verifies(jws.signingInput(), jws.signature())) {
            return NONE;
        }
        Hint hint = hint(client.tenant(), jws);
        return hint != null && hint.clientId().equals(client.clientId()) ? new HintRead(hint) : NONE;
    }

    private Future<HintRead> byTenant(String tenant, CompactJws jws, JsonNode header) {
        Named named = Named.of(header);
        return named == null
                ? Future.succeededFuture(NONE)
                : signatures.isRight(tenant, jws, named).map(right -> right ? new HintRead(hint(tenant, jws)) : NONE);
    }

    /** Null where the claims are not those of an ID token of the tenant: userinfo has neither time. */
    private @Nullable Hint hint(String tenant, CompactJws jws) {
        JsonNode claims = StrictJson.object(jws.payload());
        if (claims == null || !policy.issuerOf(tenant).equals(JwtClaims.text(claims, "iss"))) {
            return null;
        }
        String audience = JwtClaims.text(claims, "aud");
        String subject = JwtClaims.text(claims, "sub");
        Instant expiresAt = JwtClaims.time(claims, "exp");
        boolean ofLogin = JwtClaims.time(claims, "auth_time") != null;
        return audience == null || subject == null || expiresAt == null || !ofLogin
                ? null
                : new Hint(audience, subject, JwtClaims.text(claims, "sid"), expiresAt);
    }

    private static boolean isOurs(JsonNode header) {
        String typ = JwtClaims.text(header, "typ");
        return !CompactJws.isForeign(header)
                && (header.has("typ") ? TokenType.ID_TOKEN.typ().equals(typ) : true);
    }

    private static @Nullable CompactJws parse(Secret token) {
        try {
            return CompactJws.parse(token.reveal(), reason -> OAuthError.failure(Code.INVALID_REQUEST, reason));
        } catch (OAuthFailure noJws) {
            return null;
        }
    }
}
