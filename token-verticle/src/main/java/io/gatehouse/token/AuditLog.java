package io.gatehouse.token;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKeySet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Who was given which token, by whose authority: one line each, never a token, a secret or a person's name. */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("gatehouse.audit");

    void issued(Entitlement who, AccessToken token, SigningKey key) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("event", "token_issued")
                .addKeyValue("tenant", who.tenant())
                .addKeyValue("client_id", who.clientId())
                .addKeyValue("sub", who.subject())
                .addKeyValue("family", who.family().claim())
                .addKeyValue("jti", token.jti())
                .addKeyValue("kid", key.kid());
        if (token.gid() != null) {
            line = line.addKeyValue("gid", token.gid());
        }
        line.log("token issued");
    }

    void issued(ExchangedToken token, SigningKey key) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("event", "token_exchanged")
                .addKeyValue("tenant", token.client().tenant())
                .addKeyValue("client_id", token.client().clientId())
                .addKeyValue("sub", token.subject().owner().subject())
                .addKeyValue("subject_client_id", token.subject().clientId())
                .addKeyValue("subject_jti", token.subject().jti())
                .addKeyValue("actors", token.provenance().actors())
                .addKeyValue("jti", token.jti())
                .addKeyValue("kid", key.kid());
        line.log("token exchanged");
    }

    void issued(IdToken token, TokenKey key) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("event", "id_token_issued")
                .addKeyValue("tenant", token.ticket().tenant())
                .addKeyValue("client_id", token.ticket().clientId())
                .addKeyValue("sub", token.ticket().subject())
                .addKeyValue("gid", token.ticket().grant().gid())
                .addKeyValue("jti", token.jti());
        signedBy(line, key).log("ID token issued");
    }

    void issued(LogoutToken token, TokenKey key) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("event", "logout_token_issued")
                .addKeyValue("tenant", token.client().tenant())
                .addKeyValue("client_id", token.client().clientId())
                .addKeyValue("sub", token.subject())
                .addKeyValue("jti", token.jti());
        signedBy(line, key).log("logout token issued");
    }

    void issued(JwtAppClaims claims) {
        LOG.atInfo()
                .addKeyValue("event", "jwt_app_token_issued")
                .addKeyValue("tenant", claims.app().tenant())
                .addKeyValue("app", claims.app().name())
                .addKeyValue("sub", claims.user().subject())
                .addKeyValue("jti", claims.jti())
                .log("token for an app issued");
    }

    void issued(UpstreamAssertion assertion, SigningKey key) {
        UpstreamSender sender = assertion.sender();
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("event", "upstream_assertion_issued")
                .addKeyValue("tenant", assertion.tenant())
                .addKeyValue("sub", sender.sub())
                .addKeyValue("aud", assertion.audience())
                .addKeyValue("made_of", sender.basis())
                .addKeyValue("jti", assertion.jti());
        if (sender.clientId() != null) {
            line = line.addKeyValue("client_id", sender.clientId());
        }
        signedBy(line, key).log("assertion for an upstream issued");
    }

    /** Each key that came, went or is in another state. */
    void keysChanged(SealedKeySet before, SealedKeySet after) {
        after.keys().stream()
                .filter(key -> !before.keys().contains(key))
                .forEach(key -> LOG.atInfo()
                        .addKeyValue(
                                "event", "signing_key_" + key.state().name().toLowerCase(Locale.ROOT))
                        .addKeyValue("tenant", after.tenant())
                        .addKeyValue("kid", key.kid())
                        .addKeyValue("alg", key.algorithm().jwsName())
                        .log("signing key changed"));
        Set<String> kids = after.keys().stream().map(SealedKey::kid).collect(Collectors.toSet());
        before.keys().stream()
                .filter(key -> !kids.contains(key.kid()))
                .forEach(key -> LOG.atInfo()
                        .addKeyValue("event", "signing_key_removed")
                        .addKeyValue("tenant", before.tenant())
                        .addKeyValue("kid", key.kid())
                        .addKeyValue("alg", key.algorithm().jwsName())
                        .log("signing key removed"));
    }

    /** An authority that no honest gateway carries, or clocks that differ. */
    void refused(String tenant, String reason) {
        LOG.atWarn()
                .addKeyValue("event", "token_refused")
                .addKeyValue("tenant", tenant)
                .addKeyValue("reason", reason)
                .log("token refused");
    }

    /** A code that is none of the user's now. */
    void refusedPasscode(String tenant, String subject) {
        LOG.atWarn()
                .addKeyValue("event", "passcode_refused")
                .addKeyValue("tenant", tenant)
                .addKeyValue("subject", subject)
                .log("code of a second factor refused");
    }

    /** An assertion that whoever shows it has not proved to be the client's. */
    void refused(Client client, String reason) {
        LOG.atWarn()
                .addKeyValue("event", "client_assertion_refused")
                .addKeyValue("tenant", client.tenant())
                .addKeyValue("client_id", client.clientId())
                .addKeyValue("reason", reason)
                .log("client assertion refused");
    }

    /** An assertion about a user that no trusted issuer is proved to have made for the client. */
    void refusedGrant(Client client, String reason) {
        LOG.atWarn()
                .addKeyValue("event", "assertion_refused")
                .addKeyValue("tenant", client.tenant())
                .addKeyValue("client_id", client.clientId())
                .addKeyValue("reason", reason)
                .log("assertion refused");
    }

    /** What whoever asked was told: words of ours. */
    static String reason(OAuthFailure flaw) {
        return flaw.error() instanceof OAuthError.Protocol told ? told.description() : String.valueOf(flaw.error());
    }

    private static LoggingEventBuilder signedBy(LoggingEventBuilder line, TokenKey key) {
        return key.kid() == null ? line : line.addKeyValue("kid", key.kid());
    }
}
