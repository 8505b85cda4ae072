package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client and a tenant declare for OpenID Connect, and the two sections that it brought. */
class OpenIdConfigTest {
    private static String confidential(String rest) {
        return "bootstrap: {clients: [{client_id: web, client_secret: 0123456789abcdef0123456789abcdef,"
                + " grant_types: [refresh_token], " + rest + "}]}";
    }

    private static String open(String rest) {
        return "bootstrap: {clients: [{client_id: web, token_endpoint_auth_method: none,"
                + " grant_types: [refresh_token], " + rest + "}]}";
    }

    private static BootstrapClient client(String rest) {
        return parsed(confidential(rest)).bootstrap().clients().getFirst();
    }

    private static String tenant(String rest) {
        return "bootstrap: {tenants: [{id: acme, " + rest + "}]}";
    }

    @Test
    void whatIsNotRegisteredHasTheDefaultsOfTheSpecifications() {
        assertThat(client("scope: openid"))
                .returns("RS256", BootstrapClient::idTokenSignedResponseAlg)
                .returns(null, BootstrapClient::userinfoSignedResponseAlg)
                .returns(null, BootstrapClient::defaultMaxAge)
                .returns(false, BootstrapClient::requireAuthTime)
                .returns(null, BootstrapClient::backchannelLogoutUri)
                .returns(false, BootstrapClient::backchannelLogoutSessionRequired)
                .returns(null, BootstrapClient::policyUri)
                .returns(null, BootstrapClient::tosUri)
                .satisfies(client -> assertThat(client.postLogoutRedirectUris()).isEmpty());
    }

    @Test
    void everyKeyIsRead() {
        BootstrapClient client = client("""
                id_token_signed_response_alg: HS256, userinfo_signed_response_alg: EdDSA, default_max_age: 0,
                require_auth_time: true, post_logout_redirect_uris: ["https://app.example.org/bye?x=1", "com.example.app:/"],
                backchannel_logout_uri: "https://app.example.org/logout?from=us", backchannel_logout_session_required: true,
                policy_uri: "https://app.example.org/privacy#us", tos_uri: "http://app.example.org/terms\"""");
        assertThat(client)
                .returns("HS256", BootstrapClient::idTokenSignedResponseAlg)
                .returns("EdDSA", BootstrapClient::userinfoSignedResponseAlg)
                .returns(0, BootstrapClient::defaultMaxAge)
                .returns(true, BootstrapClient::requireAuthTime)
                .returns("https://app.example.org/logout?from=us", BootstrapClient::backchannelLogoutUri)
                .returns(true, BootstrapClient::backchannelLogoutSessionRequired)
                .returns("https://app.example.org/privacy#us", BootstrapClient::policyUri)
                .returns("http://app.example.org/terms", BootstrapClient::tosUri);
        assertThat(client.postLogoutRedirectUris())
                .containsExactly("https://app.example.org/bye?x=1", "com.example.app:/");
        assertThatThrownBy(() -> client.postLogoutRedirectUris().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "PS256", "EdDSA"})
    void aPublicClientHasTheKeysOfTheTenant(String algorithm) {
        String both = "id_token_signed_response_alg: " + algorithm + ", userinfo_signed_response_alg: " + algorithm;
        assertThat(parsed(open(both)).bootstrap().clients())
                .first()
                .returns(algorithm, BootstrapClient::idTokenSignedResponseAlg)
                .returns(algorithm, BootstrapClient::userinfoSignedResponseAlg);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id_token_signed_response_alg",
                "userinfo_signed_response_alg",
                "authorization_signed_response_alg",
            })
    void whatIsSignedByASecretNeedsOne(String key) {
        assertThat(problem(open(key + ": HS256")))
                .startsWith("bootstrap.clients[0]." + key + " ")
                .contains("needs a client_secret");
        for (String unsupported : new String[] {"none", "HS512", "es256", "RS1"}) {
            assertThat(problem(confidential(key + ": " + unsupported)))
                    .startsWith("bootstrap.clients[0]." + key + " ")
                    .contains("RS256, ES256, PS256, EdDSA, HS256");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_max_age: -1|default_max_age|out of range",
                "default_max_age: PT1H|default_max_age|a whole number",
                "require_auth_time: maybe|require_auth_time|true or false",
                "post_logout_redirect_uris: [/bye]|post_logout_redirect_uris[0]|is relative",
                "post_logout_redirect_uris: ['a:/b', 'JavaScript:alert(1)']|post_logout_redirect_uris[1]|never allowed",
                "post_logout_redirect_uris: ['https://a.example.org/#b']|post_logout_redirect_uris[0]|a fragment",
                "post_logout_redirect_uris: ['https://a@b.example.org/']|post_logout_redirect_uris[0]|a user",
                "backchannel_logout_uri: /logout|backchannel_logout_uri|no URL to call",
                "backchannel_logout_uri: 'https:///logout'|backchannel_logout_uri|no URL to call",
                "backchannel_logout_uri: 'ftp://app.example.org/'|backchannel_logout_uri|no URL to call",
                "backchannel_logout_uri: 'http://app.example.org/'|backchannel_logout_uri|neither https nor on a loopback",
                "backchannel_logout_uri: 'http://127.0.0.1.example.org/'|backchannel_logout_uri|neither https nor",
                "backchannel_logout_uri: 'https://a@app.example.org/'|backchannel_logout_uri|a user",
                "backchannel_logout_uri: 'https://app.example.org/#a'|backchannel_logout_uri|a fragment",
                "policy_uri: privacy|policy_uri|nothing on the web",
                "policy_uri: 'javascript:alert(1)'|policy_uri|nothing on the web",
                "tos_uri: 'data:text/html,x'|tos_uri|nothing on the web",
                "tos_uri: 'https://a@app.example.org/'|tos_uri|a user",
                "tos_uri: 'https://app.example.org/a b'|tos_uri|nothing on the web",
            })
    void urlsAndNumbersMustFit(String rest, String key, String text) {
        assertThat(problem(confidential(rest)))
                .startsWith("bootstrap.clients[0]." + key + " ")
                .contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "require_signed_request_object|true",
                "request_object_signing_alg|ES256",
                "request_uris|['https://app.example.org/request']",
            })
    void requestObjectsAreVerifiedByKeysOfTheClient(String key, String value) {
        String demand = key + ": " + value;
        assertThat(problem(confidential(demand)))
                .startsWith("bootstrap.clients[0]." + key + " ")
                .contains("give jwks or jwks_uri");
        for (String keys : new String[] {
            "jwks: {keys: [{kty: EC, crv: P-256, x: AA, y: BB}]}", "jwks_uri: 'https://app.example.org/keys'"
        }) {
            assertThat(parsed(confidential(keys + ", " + demand)).bootstrap().clients())
                    .hasSize(1);
            assertThat(parsed(open(keys + ", " + demand)).bootstrap().clients()).hasSize(1);
        }
        assertThat(client("require_signed_request_object: false, request_uris: []")
                        .requestUris())
                .isEmpty();
    }

    @Test
    void aSectorIsTheOneHostOfTheRedirectUrisOrOfItsOwnUri() {
        assertThat(client("redirect_uris: ['https://app.example.org/a']"))
                .returns("public", BootstrapClient::subjectType)
                .returns(null, BootstrapClient::sector);
        assertThat(client("subject_type: pairwise,"
                        + " redirect_uris: ['https://App.example.org/a', 'https://app.example.org:8443/b?c']"))
                .returns("pairwise", BootstrapClient::subjectType)
                .returns("app.example.org", BootstrapClient::sector);
        assertThat(client("subject_type: pairwise, sector_identifier_uri: 'https://Sector.example.org:8443/apps.json',"
                        + " redirect_uris: ['https://a.example.org/', 'https://b.example.org/', 'com.example.app:/']"))
                .returns("sector.example.org", BootstrapClient::sector);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redirect_uris: ['https://a.example.org/', 'https://b.example.org/']",
                "redirect_uris: ['https://a.example.org/', 'com.example.app:/']",
                "redirect_uris: ['com.example.app:/']",
                "redirect_uris: ['http://127.0.0.1:9001/']",
                "redirect_uris: ['http://localhost:9001/']",
                "redirect_uris: []",
            })
    void aPairwiseClientHasOneSector(String redirectUris) {
        assertThat(problem(confidential("subject_type: pairwise, " + redirectUris)))
                .startsWith("bootstrap.clients[0].subject_type ")
                .contains("set sector_identifier_uri to an https URL");
        assertThat(client(redirectUris).sector()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject_type: private|subject_type|public, pairwise",
                "sector_identifier_uri: 'https://a.example.org/'|sector_identifier_uri|counts only with subject_type",
                "subject_type: pairwise, sector_identifier_uri: /a|sector_identifier_uri|no https URL",
                "subject_type: pairwise, sector_identifier_uri: 'http://a.example.org/'|sector_identifier_uri|no https URL",
                "subject_type: pairwise, sector_identifier_uri: 'https:///a'|sector_identifier_uri|no https URL",
                "subject_type: pairwise, sector_identifier_uri: 'https://a b/'|sector_identifier_uri|no https URL",
                "subject_type: pairwise, sector_identifier_uri: 'https://a@b.example.org/'|sector_identifier_uri|a user",
                "subject_type: pairwise, sector_identifier_uri: 'https://b.example.org/#a'|sector_identifier_uri|a fragment",
            })
    void aSectorIsWellFormed(String rest, String key, String text) {
        assertThat(problem(confidential(rest)))
                .startsWith("bootstrap.clients[0]." + key + " ")
                .contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9999/logout", "HTTP://localhost/logout", "http://[::1]:9999/"})
    void aLogoutTokenMayGoToThisMachineInTheClear(String uri) {
        assertThat(client("backchannel_logout_uri: \"" + uri + "\"").backchannelLogoutUri())
                .isEqualTo(uri);
    }

    @Test
    void pagesAreBranded() {
        BootstrapTenant branded = parsed(
                        tenant("name: Acme & Söhne, logo_uri: \"https://acme.example.org/l.svg\", color: \"#1F5FBF\""))
                .bootstrap()
                .tenants()
                .getFirst();
        assertThat(branded)
                .returns("Acme & Söhne", BootstrapTenant::name)
                .returns("https://acme.example.org/l.svg", BootstrapTenant::logoUri)
                .returns("#1f5fbf", BootstrapTenant::color);
        assertThat(parsed(tenant("administrator: ada")).bootstrap().tenants())
                .first()
                .returns(null, BootstrapTenant::name)
                .returns(null, BootstrapTenant::logoUri)
                .returns(null, BootstrapTenant::color);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "color: red|color|is no colour",
                "color: '#fff'|color|is no colour",
                "color: '#1f5fbf;x:y'|color|is no colour",
                "color: '#1f5fbg'|color|is no colour",
                "logo_uri: /logo.svg|logo_uri|nothing on the web",
                "logo_uri: 'data:image/png;base64,AA'|logo_uri|nothing on the web",
                "logo_uri: 'https://a@acme.example.org/'|logo_uri|a user",
            })
    void brandingIsHarmless(String rest, String key, String text) {
        assertThat(problem(tenant(rest)))
                .startsWith("bootstrap.tenants[0]." + key + " ")
                .contains(text);
    }

    @Test
    void anIdleSessionLivesNoLongerThanAnyOther() {
        assertThat(problem("sessions: {ttl: PT1H, idle_ttl: PT2H}"))
                .startsWith("sessions.idle_ttl (YAML line 1): ")
                .contains("longer than ttl (PT1H)");
        assertThat(problem("sessions: {idle_ttl: P8D}")).contains("longer than ttl (P7D)");
        assertThat(parsed("sessions: {ttl: P1D, idle_ttl: P1D}").sessions().idleTtl())
                .hasDays(1);
    }

    @Test
    void whatIsAllowedIsGivenByAddress() {
        assertThat(problems("http_client: {allow: [localhost, 10.0.0.7/8]}"))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("an IP address or CIDR block"));
    }
}
