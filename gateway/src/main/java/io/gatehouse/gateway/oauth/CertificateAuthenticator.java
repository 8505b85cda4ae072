package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Issuer.Authority.ByClientCertificate;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.x509.ClientCertificate;
import io.vertx.core.Future;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Client authentication by the certificate of the TLS connection (RFC 8705, section 2): one of a trusted authority that holds
 * the registered name, or one whose key is registered.
 */
final class CertificateAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger("gatehouse.audit");

    private final CertificateChains chains;
    private final ClientKeySets keySets;
    private final Clock clock;

    CertificateAuthenticator(CertificateChains chains, ClientKeySets keySets, Clock clock) {
        this.chains = chains;
        this.keySets = keySets;
        this.clock = clock;
    }

    /**
     * @param shown null: no certificate
     * @return fails with invalid_client
     */
    Future<AuthenticatedClient> authenticate(KnownClient known, @Nullable ShownCertificate shown) {
        if (known.client().disabled()) {
            return Future.failedFuture(refused());
        }
        if (shown == null) {
            return Future.failedFuture(refused(known.client(), "no_certificate"));
        }
        return known.client().authMethod() == AuthMethod.TLS_CLIENT_AUTH ? byName(known, shown) : byKey(known, shown);
    }

    private Future<AuthenticatedClient> byName(KnownClient known, ShownCertificate shown) {
        if (!isOf(known.client(), shown, null)) {
            return Future.failedFuture(refused(known.client(), "another_name"));
        }
        return chains.isTrusted(shown).map(trusted -> {
            if (!trusted) {
                throw refused(known.client(), "untrusted");
            }
            return authenticated(known, shown, null);
        });
    }

    private Future<AuthenticatedClient> byKey(KnownClient known, ShownCertificate shown) {
        Client client = known.client();
        // A set that was fetched lately does, unless it lacks the key: no key has such a kid, so it is fetched again,
        // now and then.
        return keySets.of(client, null)
                .compose(fetched -> fetched == null || isOf(client, shown, fetched)
                        ? Future.succeededFuture(fetched)
                        : keySets.of(client, shown.confirmation().text()))
                .map(fetched -> {
                    if (!isOf(client, shown, fetched)) {
                        throw refused(client, "another_key");
                    }
                    return authenticated(known, shown, fetched);
                });
    }

    private boolean isOf(Client client, ShownCertificate shown, @Nullable String fetched) {
        return shown.ofClient().isOf(client, fetched, clock.instant());
    }

    private static AuthenticatedClient authenticated(
            KnownClient known, ShownCertificate shown, @Nullable String fetched) {
        ClientCertificate certificate = shown.ofClient();
        return new AuthenticatedClient(
                known.client(),
                known.statement(),
                null,
                null,
                new ByClientCertificate(known.statement(), certificate.encoded(), fetched));
    }

    /** Nobody has proved to be the client: whoever asks learns nothing about it, but the operator does. */
    private static RuntimeException refused(Client client, String reason) {
        LOG.atWarn()
                .addKeyValue("event", "client_certificate_refused")
                .addKeyValue("tenant", client.tenant())
                .addKeyValue("client_id", client.clientId())
                .addKeyValue("reason", reason)
                .log("certificate of a client refused");
        return refused();
    }

    private static RuntimeException refused() {
        return OAuthError.failure(Code.INVALID_CLIENT, ClientAuthenticator.REFUSAL);
    }
}
