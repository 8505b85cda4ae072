package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Taking.Taken;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Rotation;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets an ID token beside the access token (OpenID Connect Core, sections 3.1.3.3 and 12.2). */
class IdTokenGrantTest {
    private static final Client WEB = CodeClient.named("web").build();
    private static final Attestation PROFILE = Samples.profile(StepCase.ADA);
    private final TestNode node = new TestNode();
    private Protocol protocol;

    @BeforeEach
    void start() {
        node.on(Clients.Find.class, find -> Samples.found(WEB));
        node.on(
                Issuer.Issue.class,
                issue -> new Issuer.Issued(
                        Secret.of("access-token"),
                        issue.scope(),
                        TestClock.START,
                        TestClock.START.plusSeconds(600),
                        issue.client() == null ? null : Secret.of("id-token")));
        node.on(Grants.Open.class, open -> new Grants.Opened(TestClock.START.plusSeconds(600)));
        protocol = node.protocol(node.knowledge());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private TokenResponse token(String... namesAndValues) {
        Parameters parameters = new Parameters();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        ClientCredentials credentials =
                new ClientCredentials(AuthMethod.CLIENT_SECRET_BASIC, "web", Secret.of(Samples.SECRET));
        return await(protocol.tokens().token(new TokenRequest("main", credentials, parameters)));
    }

    private TokenResponse redeem() {
        String code = CodeId.make(TestClock.START.plusSeconds(60)).code().reveal();
        return token("grant_type", "authorization_code", "code", code, "redirect_uri", CodeClient.REDIRECT_URI);
    }

    private TokenResponse refresh(String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "grant_type";
        all[1] = "refresh_token";
        all[2] = "refresh_token";
        all[3] = RefreshToken.first(Samples.GRANT).encode().reveal();
        System.arraycopy(more, 0, all, 4, more.length);
        return token(all);
    }

    private void takes(TokenFamily family, String scope) {
        Attestation ticket = Samples.ticket(family, "web", scope);
        node.on(Codes.Take.class, take -> new Taken(ticket, PROFILE));
        node.on(Grants.Rotate.class, rotate -> new Rotation.Kept(ticket, PROFILE));
    }

    private void assertAskedForAnIdToken() {
        Issuer.Issue issue = node.askedOnce(Issuer.Issue.class);
        assertThat(issue.client()).isEqualTo(Samples.found(WEB).client());
        assertThat(issue.profile()).isEqualTo(PROFILE);
    }

    @Test
    void aCodeOfAnOpenIdRequestGivesOne() {
        takes(TokenFamily.OAUTH, "openid profile");

        assertThat(redeem().idToken()).isEqualTo(Secret.of("id-token"));
        assertAskedForAnIdToken();
    }

    @Test
    void soDoesItsRefreshToken() {
        takes(TokenFamily.OAUTH, "openid profile");

        assertThat(refresh().idToken()).isEqualTo(Secret.of("id-token"));
        assertAskedForAnIdToken();
    }

    @Test
    void aRefreshForLessThanOpenIdGivesNone() {
        takes(TokenFamily.OAUTH, "openid profile");

        assertThat(refresh("scope", "profile").idToken()).isNull();
    }

    @Test
    void withoutOpenIdThereIsNone() {
        takes(TokenFamily.OAUTH, "profile");

        assertThat(redeem().idToken()).isNull();
        assertThat(refresh().idToken()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = "OAUTH", mode = EnumSource.Mode.EXCLUDE)
    void noOtherFamilyGivesOne(TokenFamily family) {
        takes(family, "openid profile");

        assertThat(redeem().idToken()).isNull();
        assertThat(refresh().idToken()).isNull();
        assertThat(node.asked(Issuer.Issue.class))
                .allSatisfy(issue -> assertThat(issue.profile()).isNull());
    }

    @Test
    void aRotationAndItsReplayGiveOneAlike() {
        Attestation ticket = Samples.ticket(TokenFamily.OAUTH, "web", "openid");
        RefreshToken presented = RefreshToken.first(Samples.GRANT);
        node.on(Grants.Rotate.class, rotate -> new Rotation.Rotated(ticket, 1, PROFILE));
        assertThat(refreshed(presented).idToken()).isEqualTo(Secret.of("id-token"));
        var sealed = node.askedOnce(Grants.Rotate.class).sealedSuccessor();
        node.on(Grants.Rotate.class, rotate -> new Rotation.Replayed(ticket, sealed, PROFILE));
        assertThat(refreshed(presented).idToken()).isEqualTo(Secret.of("id-token"));
    }

    private TokenResponse refreshed(RefreshToken presented) {
        return await(protocol.refreshes()
                .refresh(Samples.authenticated(WEB), presented.encode().reveal(), (Scope) null, null));
    }

    @Test
    void aBuiltInClientGetsNone() {
        takes(TokenFamily.OAUTH, "openid");
        String token = RefreshToken.first(Samples.GRANT).encode().reveal();

        assertThat(await(protocol.refreshes().refresh("main", "web", token, null))
                        .idToken())
                .isNull();
    }
}
