package io.gatehouse.token;

import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.IdTokens.ReadHint;
import io.gatehouse.common.message.IdTokens.SignLogout;
import io.gatehouse.common.message.IdTokens.SignUserinfo;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.Issuer.Issue;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.RequestDemands;
import io.gatehouse.common.model.Scope;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A login in a browser, its client and its user, with everything in place, and their ways to differ. */
final class OpenIdSamples {
    static final String SUBJECT = "0c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60";

    final Samples login = new Samples();
    final AppSamples user = new AppSamples();
    final TokenNode node;

    /** Who makes the statements. */
    Attestor attestor;

    String scope = "openid profile api";
    IdTokenAlgorithm algorithm = IdTokenAlgorithm.ES256;

    @Nullable
    IdTokenAlgorithm userinfoAlgorithm;

    @Nullable
    IdTokenAlgorithm responseAlgorithm;

    String secret = Samples.SECRET;
    String sealedFor = "web";
    boolean sealed = true;

    OpenIdSamples(TokenNode node) {
        this.node = node;
        this.attestor = node.attestor;
        login.idTokenNonce = "n-0S6_WzA2Mj";
        login.sessionId = "UMQAAAAAAAAAAAAAAAAAAAAA";
    }

    Attestation ticket() {
        return attestor.attest(login.ticket());
    }

    Attestation client() {
        login.openId = new OpenIdRegistration(
                algorithm, userinfoAlgorithm, box(), -1, false, List.of(), null, false, null, null, login.sector);
        if (responseAlgorithm != null) {
            RequestDemands demands = new RequestDemands(false, false, null, List.of(), responseAlgorithm);
            login.oauth = new OAuthRegistration(null, demands, false, null);
        }
        return attestor.attest(new ClientStatement(login.client(), node.now.plusSeconds(60)));
    }

    Attestation profile() {
        ProfileStatement sample = user.profile();
        return attestor.attest(new ProfileStatement(sample.profile(), sample.epoch(), node.now.plusSeconds(5)));
    }

    Attestation logout() {
        return attestor.attest(new LogoutStatement(
                login.tenant,
                login.clientId,
                SUBJECT,
                Objects.requireNonNull(login.sessionId),
                node.now.plusSeconds(5)));
    }

    Issue issue() {
        return issue(ticket(), client(), profile());
    }

    Issue issue(Attestation ticket, @Nullable Attestation client, @Nullable Attestation profile) {
        return new Issue(login.tenant, new ByTicket(ticket), Scope.parse(scope), client, profile);
    }

    Issued issued() {
        return node.ask(issue());
    }

    Secret idToken() {
        return Objects.requireNonNull(issued().idToken());
    }

    ReadHint hint(String idToken) {
        return new ReadHint(login.tenant, Secret.of(idToken), client());
    }

    SignUserinfo userinfo(Secret accessToken) {
        return userinfo(accessToken, null);
    }

    /** @param proved null: no key */
    SignUserinfo userinfo(Secret accessToken, @Nullable String proved) {
        return new SignUserinfo(login.tenant, accessToken, profile(), client(), proved);
    }

    SignLogout signLogout() {
        return new SignLogout(login.tenant, logout(), client());
    }

    private @Nullable Sealed box() {
        boolean wanted = algorithm == IdTokenAlgorithm.HS256 || userinfoAlgorithm == IdTokenAlgorithm.HS256;
        return wanted && sealed
                ? ClientSecrets.seal(AppSamples.MASTER_KEYS, login.tenant, sealedFor, Secret.of(secret))
                : null;
    }
}
