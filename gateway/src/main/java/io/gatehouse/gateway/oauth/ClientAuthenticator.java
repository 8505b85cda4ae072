package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.ClientAssertions;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Client authentication (RFC 6749, section 2.3; RFC 7523, section 3; RFC 8705, section 2): the first step of every request that
 * a client makes.
 */
public final class ClientAuthenticator {
    /** What is said of a wrong secret or certificate: the same as of a client that is not there. */
    static final String REFUSAL =
            "client authentication failed: check client_id, and the client_secret or certificate that goes with it";

    private static final Secret NONE = Secret.of("");

    private final Bus bus;
    private final ClientDirectory directory;
    private final AssertionAuthenticator assertions;
    private final CertificateAuthenticator certificates;

    ClientAuthenticator(
            Bus bus,
            ClientDirectory directory,
            AssertionAuthenticator assertions,
            CertificateAuthenticator certificates) {
        this.bus = bus;
        this.directory = directory;
        this.assertions = assertions;
        this.certificates = certificates;
    }

    /**
     * @param credentials null where the request shows none
     * @return fails with invalid_client, the same for an unknown, a disabled and a wrongly authenticated client
     */
    public Future<AuthenticatedClient> authenticate(String tenant, @Nullable ClientCredentials credentials) {
        if (credentials == null) {
            return Future.failedFuture(invalid(
                    "the request names no client: send HTTP Basic, or client_id and client_secret, or a client_assertion, in the"
                            + " body"));
        }
        return directory.find(bus, tenant, credentials.clientId()).compose(known -> check(known, credentials));
    }

    /** As {@link #authenticate}, but null where no client of that id is registered. */
    public Future<@Nullable AuthenticatedClient> authenticateIfRegistered(
            String tenant, ClientCredentials credentials) {
        return directory
                .find(bus, tenant, credentials.clientId())
                .compose(known -> known == null ? Future.succeededFuture() : check(known, credentials));
    }

    private Future<AuthenticatedClient> check(@Nullable KnownClient known, ClientCredentials credentials) {
        ClientAssertion assertion = credentials.assertion();
        if (assertion != null) {
            return byAssertion(known, assertion);
        }
        boolean onlyNamed = credentials.secret() == null;
        return onlyNamed && known != null && known.client().authMethod().isCertificate()
                ? certificates.authenticate(known, credentials.certificate())
                : Future.succeededFuture(bySecret(known, credentials));
    }

    private Future<AuthenticatedClient> byAssertion(@Nullable KnownClient known, ClientAssertion assertion) {
        if (known == null
                || known.client().disabled()
                || !known.client().authMethod().isAssertion()) {
            throw invalid(ClientAssertions.REFUSAL);
        }
        return assertions
                .authenticate(known, assertion)
                .map(authentication ->
                        new AuthenticatedClient(known.client(), known.statement(), null, authentication));
    }

    private static AuthenticatedClient bySecret(@Nullable KnownClient known, ClientCredentials credentials) {
        if (known == null || known.client().disabled() || !accepts(known, credentials)) {
            throw invalid(REFUSAL);
        }
        return new AuthenticatedClient(known.client(), known.statement(), credentials.secret());
    }

    /**
     * A secret counts in the header as in the body: RFC 6749 obliges a server to take the header from every client that
     * has one, and nothing is gained by refusing the body to a client that was registered for the header.
     */
    private static boolean accepts(KnownClient known, ClientCredentials credentials) {
        Secret presented = credentials.secret();
        if (known.client().isPublic()) {
            return presented == null;
        }
        return known.client().accepts(presented == null ? NONE : presented);
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_CLIENT, description);
    }
}
