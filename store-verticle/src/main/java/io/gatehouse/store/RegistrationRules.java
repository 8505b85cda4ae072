package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.PkceDemand;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SecurityProfile;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a client may have that nobody declared, when it comes and whenever it changes. */
final class RegistrationRules {
    private static final Set<String> GRANTS_OF_STRANGERS = Set.of("authorization_code", "refresh_token");
    private static final Set<String> GRANTS = Set.of(
            "authorization_code",
            "refresh_token",
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:device_code");
    private static final Set<AuthMethod> METHODS_OF_STRANGERS = Set.of(
            AuthMethod.NONE,
            AuthMethod.CLIENT_SECRET_BASIC,
            AuthMethod.CLIENT_SECRET_POST,
            AuthMethod.CLIENT_SECRET_JWT,
            AuthMethod.PRIVATE_KEY_JWT);
    private static final Set<AuthMethod> METHODS_OF_DOCUMENTS = Set.of(AuthMethod.NONE, AuthMethod.PRIVATE_KEY_JWT);

    private final RegistrationPolicy policy;
    private final Instant now;

    RegistrationRules(RegistrationPolicy policy, Instant now) {
        this.policy = policy;
        this.now = now;
    }

    /**
     * The row of a new client, within what it may have.
     *
     * @param trusted whether an initial access token of the tenant came with it
     * @param vouched whether a software statement vouches for it
     * @param accessToken digest of its registration access token; null: it has none
     * @throws io.gatehouse.common.error.OAuthFailure invalid_client_metadata
     */
    Client added(Client draft, boolean trusted, boolean vouched, @Nullable Digest accessToken) {
        SelfRegistration told = told(draft);
        // The address of a document may come back: what a former client of that id was given is not this one's.
        long epoch = told.source() == Source.METADATA_DOCUMENT ? now.getEpochSecond() : 0;
        return within(draft, trusted, registration(told, trusted, trusted || vouched, accessToken), epoch, 1, now);
    }

    /**
     * Likewise the row that takes the place of an existing one.
     *
     * @param vouched whether a software statement vouches for it now
     */
    Client replaced(Client existing, Client draft, boolean vouched) {
        SelfRegistration told = told(draft);
        SelfRegistration before = told(existing);
        boolean trusted = before.trusted();
        if (told.source() != before.source()) {
            throw refused("a client stays what it was registered as");
        }
        return within(
                draft,
                trusted,
                registration(told, trusted, trusted || vouched, before.accessToken()),
                existing.epoch(),
                existing.version() + 1,
                existing.createdAt());
    }

    private static SelfRegistration told(Client client) {
        SelfRegistration told = client.selfRegistration();
        if (told == null) {
            throw refused("the configuration declares this client: change it there");
        }
        return told;
    }

    private Client within(
            Client draft, boolean trusted, SelfRegistration registration, long epoch, long version, Instant createdAt) {
        check(draft, trusted, registration.source());
        Scope scope = scope(draft.scope());
        checkProfile(draft, scope);
        return new Client(
                draft.tenant(),
                draft.clientId(),
                draft.clientName(),
                draft.authMethod(),
                draft.secretDigests(),
                null,
                draft.redirectUris(),
                draft.grantTypes(),
                draft.responseTypes(),
                scope,
                draft.accessTokenAlgorithm(),
                draft.rotatesRefreshTokens(),
                false,
                epoch,
                version,
                createdAt,
                null,
                trusted ? draft.pkce() : PkceDemand.ALWAYS,
                draft.openId(),
                extensions(draft, trusted),
                registration);
    }

    private static void check(Client draft, boolean trusted, Source source) {
        if (draft.clientId().startsWith(BuiltInClients.PREFIX)) {
            throw refused("client_id starts as those that are built in do");
        }
        boolean address = draft.clientId().startsWith("https://");
        if (address != (source == Source.METADATA_DOCUMENT)) {
            throw refused("client_id is the address of a document, or none, as the client came");
        }
        Set<String> grants = trusted ? GRANTS : GRANTS_OF_STRANGERS;
        if (!grants.containsAll(draft.grantTypes())) {
            throw refused("grant_types may be " + String.join(" and ", new TreeSet<>(grants)));
        }
        if (!draft.responseTypes().isEmpty() && !draft.responseTypes().equals(List.of("code"))) {
            throw refused("response_types may be code");
        }
        Set<AuthMethod> methods = source == Source.METADATA_DOCUMENT ? METHODS_OF_DOCUMENTS : METHODS_OF_STRANGERS;
        boolean free = trusted && source == Source.REGISTRATION;
        if (!free && !methods.contains(draft.authMethod())) {
            throw refused("token_endpoint_auth_method is none that such a client may have");
        }
    }

    /** A client that names no scope may get openid here: only now its ID tokens count. */
    private static void checkProfile(Client draft, Scope scope) {
        String algorithm = draft.registration().idTokenAlgorithm().jwsName();
        if (scope.contains("openid") && !draft.extensions().allows(algorithm)) {
            throw refused("id_token_signed_response_alg (RS256 by default) is none that the profile knows: choose of "
                    + String.join(", ", SecurityProfile.ALGORITHMS));
        }
    }

    /** What it names beyond what it may have is left out (RFC 7591, section 2); what it is told is what it got. */
    private Scope scope(Scope wanted) {
        Scope allowed = wanted.isEmpty() ? policy.scope() : wanted.intersect(policy.scope());
        if (allowed.isEmpty() && !wanted.isEmpty()) {
            throw refused("scope has nothing that a registered client may have: leave it out for the default");
        }
        return allowed;
    }

    private @Nullable OAuthRegistration extensions(Client draft, boolean trusted) {
        OAuthRegistration told = draft.extensions();
        AccessLimits wanted = told.access() == null ? AccessLimits.NONE : told.access();
        List<String> resources = wanted.resources().isEmpty()
                ? policy.resources()
                : wanted.resources().stream()
                        .filter(policy.resources()::contains)
                        .toList();
        AccessLimits access = new AccessLimits(resources, trusted ? wanted.authorizationDetailsTypes() : List.of());
        OAuthRegistration within = new OAuthRegistration(
                told.keys(),
                told.requests(),
                told.dpopBoundAccessTokens(),
                access.equals(AccessLimits.NONE) ? null : access,
                told.certificates(),
                null,
                told.introspectionAlgorithm(),
                told.profile());
        return within.equals(OAuthRegistration.DEFAULT) ? null : within;
    }

    private static SelfRegistration registration(
            SelfRegistration told, boolean trusted, boolean verified, @Nullable Digest accessToken) {
        return new SelfRegistration(
                told.source(),
                accessToken,
                verified,
                told.clientUri(),
                told.logoUri(),
                told.contacts(),
                told.softwareId(),
                told.softwareVersion(),
                told.sectorIdentifierUri(),
                trusted);
    }

    private static RuntimeException refused(String description) {
        return OAuthError.failure(Code.INVALID_CLIENT_METADATA, description);
    }
}
