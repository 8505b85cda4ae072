package io.gatehouse.token;

import io.gatehouse.common.config.ClientMetadata;
import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.SoftwareMetadata;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientDraft;
import io.gatehouse.common.message.ClientDrafts.Made;
import io.gatehouse.common.message.ClientDrafts.Make;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients of what they tell of themselves, by the rules of configuration as code: secrets are made and sealed here, and
 * the store believes nobody else's word on what a client is. For one event loop.
 */
final class ClientDraftMaker {
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private final Authorities authorities;
    private final MasterKeys masterKeys;
    private final Attestor attestor;
    private final Clock clock;

    ClientDraftMaker(Authorities authorities, MasterKeys masterKeys, Attestor attestor, Clock clock) {
        this.authorities = authorities;
        this.masterKeys = masterKeys;
        this.attestor = attestor;
        this.clock = clock;
    }

    /** See {@link Make}. */
    Made make(Make request) {
        Instant now = clock.instant();
        Attestation before = request.existing();
        Client existing = before == null ? null : authorities.known(request.tenant(), before, now);
        String clientId = existing == null ? clientId(request) : existing.clientId();
        Secret shown = shown(request, existing);
        Secret fresh = Secret.of(Entropy.bytes(SECRET_BYTES).base64Url());
        ClientMetadata told = ClientMetadata.read(
                request.tenant(),
                clientId,
                request.metadata(),
                SecretValue.of((shown == null ? fresh : shown).reveal()));
        checkSource(told, request.source());
        Client made = BootstrapRecords.client(told.client(), now, masterKeys);
        boolean keeps = existing != null && keeps(existing, made);
        Client draft = draft(made, keeps ? existing : null, registration(told, request.source()), existing);
        boolean isNew = !made.secretDigests().isEmpty() && !keeps && shown == null;
        return new Made(attestor.attest(new ClientDraft(draft, now.plus(LIFE))), isNew ? fresh : null);
    }

    private static String clientId(Make request) {
        String named = request.clientId();
        return named == null ? Entropy.bytes(ID_BYTES).base64Url() : named;
    }

    /** Null where none is shown; a wrong one is no mistake of ours. */
    private static @Nullable Secret shown(Make request, @Nullable Client existing) {
        Secret shown = request.secret();
        if (shown == null) {
            return null;
        }
        Digest digest = shown.digest();
        boolean own = existing != null && existing.secretDigests().stream().anyMatch(digest::equals);
        if (!own) {
            throw OAuthError.failure(
                    Code.INVALID_CLIENT_METADATA,
                    "client_secret is not the client's: leave it out, or send the last one");
        }
        return shown;
    }

    /** The document is public, and so would be its secret. */
    private static void checkSource(ClientMetadata told, Source source) {
        if (source == Source.METADATA_DOCUMENT && told.client().clientSecret() != null) {
            throw OAuthError.failure(
                    Code.INVALID_CLIENT_METADATA,
                    "a client that a document describes has no secret: token_endpoint_auth_method must be none or"
                            + " private_key_jwt");
        }
    }

    /** Whether the secret that it has is enough for what it wants: where something is signed by it, it must lie sealed. */
    private static boolean keeps(Client existing, Client made) {
        boolean sealed = made.registration().secret() != null;
        return !made.secretDigests().isEmpty()
                && !existing.secretDigests().isEmpty()
                && (!sealed || existing.registration().secret() != null);
    }

    private static Client draft(
            Client made, @Nullable Client keptSecret, SelfRegistration registration, @Nullable Client existing) {
        return new Client(
                made.tenant(),
                made.clientId(),
                made.clientName(),
                made.authMethod(),
                keptSecret == null ? made.secretDigests() : keptSecret.secretDigests(),
                null,
                made.redirectUris(),
                made.grantTypes(),
                made.responseTypes(),
                made.scope(),
                made.accessTokenAlgorithm(),
                made.rotatesRefreshTokens(),
                false,
                0,
                existing == null ? 0 : existing.version(),
                made.createdAt(),
                null,
                made.pkce(),
                openId(made, keptSecret),
                made.oauth(),
                registration);
    }

    private static @Nullable OpenIdRegistration openId(Client made, @Nullable Client keptSecret) {
        OpenIdRegistration openId = made.openId();
        return openId == null || openId.secret() == null || keptSecret == null
                ? openId
                : openId.withSecret(
                        Objects.requireNonNull(keptSecret.registration().secret()));
    }

    private static SelfRegistration registration(ClientMetadata told, Source source) {
        SoftwareMetadata software = told.software();
        return new SelfRegistration(
                source,
                null,
                false,
                software.clientUri(),
                software.logoUri(),
                software.contacts(),
                software.softwareId(),
                software.softwareVersion(),
                told.client().sectorIdentifierUri(),
                false);
    }
}
