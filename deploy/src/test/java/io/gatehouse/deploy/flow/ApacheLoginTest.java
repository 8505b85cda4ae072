package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache logs people in at Gatehouse, as a relying party of OpenID Connect (mod_auth_openidc). */
class ApacheLoginTest {
    private static final int PORT = port();
    private static final String SITE = "http://localhost:" + PORT;

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
                - client_id: shop
                  client_secret: shop-secret-0123456789abcdef0123456789
                  redirect_uris: ["%1$s/gatehouse/callback"]
                  post_logout_redirect_uris: ["%1$s/public/"]
                  backchannel_logout_uri: "http://127.0.0.1:%3$d/gatehouse/callback?logout=backchannel"
                  scope: openid email profile
                  require_pkce: true
              users:
                - {username: ada, password: %2$s, name: Ada Lovelace, email: ada@example.org, email_verified: true}
            """.formatted(SITE, RunningNode.ADA_PASSWORD, PORT))
            .with("http_client.allow", "127.0.0.0/8");

    @TempDir
    static Path folder;

    private static EchoUpstream upstream;
    private static ProxyProgram apache;

    private final BareCaller caller = new BareCaller(apache.address(), "localhost:" + PORT);

    private static int port() {
        try {
            return ProxyProgram.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void startApache() throws Exception {
        upstream = new EchoUpstream();
        apache = ProxyProgram.apache(folder, PORT, NODE.address().getPort(), upstream.port());
    }

    @AfterAll
    static void stopApache() throws Exception {
        if (apache != null) {
            apache.close();
        }
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.heads.clear();
    }

    /** Somebody's browser, with the cookies of the site and those of Gatehouse. */
    private static final class Browser {
        final Person atSite = new Person(URI.create(SITE));
        final Person atGatehouse = new Person(NODE.address());

        /** From a page of the site through the login back to it. */
        Page logIn(String path) {
            Page asked = atSite.open(path);
            assertThat(asked.isRedirect()).as(asked.body()).isTrue();
            URI request = asked.location();
            assertThat(request.toString())
                    .startsWith(NODE.address() + "/oauth2/authorize?")
                    .contains("code_challenge_method=S256", "nonce=", "state=");
            Page back = atGatehouse.goOn(atGatehouse.open(request.getRawPath() + "?" + request.getRawQuery()));
            assertThat(back.location().toString()).startsWith(SITE + "/gatehouse/callback?");
            return atSite.open(
                    back.location().getRawPath() + "?" + back.location().getRawQuery());
        }
    }

    private static List<String> got() {
        assertThat(upstream.heads).hasSize(1);
        return upstream.heads.getFirst();
    }

    /** What the service may take for a claim, whatever it takes for an underscore. */
    private static List<String> claims() {
        return got().stream()
                .filter(line ->
                        line.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").startsWith("oidc"))
                .toList();
    }

    @Test
    void whoLogsInComesBackAndTheServiceIsToldWhoItIs() {
        Page page = new Browser().logIn("/cart?page=2");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.uri()).hasToString(SITE + "/cart?page=2");
        assertThat(got().getFirst()).isEqualTo("GET /cart?page=2 HTTP/1.1");
        assertThat(claims())
                .contains(
                        "OIDC_CLAIM_iss: " + NODE.address(),
                        "OIDC_CLAIM_name: Ada Lovelace",
                        "OIDC_CLAIM_email: ada@example.org",
                        "OIDC_CLAIM_email_verified: 1")
                .anyMatch(line -> line.startsWith("OIDC_CLAIM_sub: "))
                .noneMatch(line -> line.contains("access_token:"));
        assertThat(String.join("\n", got())).doesNotContain("gatehouse_shop", "eyJ");
    }

    @Test
    void whoIsNotLoggedInReachesOnlyWhatIsPublic() {
        Person person = new Person(URI.create(SITE));
        assertThat(person.open("/cart").isRedirect()).isTrue();
        assertThat(caller.get("/cart", "X-Requested-With: XMLHttpRequest").status())
                .isEqualTo(401);
        assertThat(upstream.heads).isEmpty();
        assertThat(person.open("/public/logo.svg").status()).isEqualTo(200);
        assertThat(claims()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OIDC_CLAIM_email", "oidc_claim_email", "OIDC-CLAIM-email", "Oidc-Claim_Email"})
    void noClaimOfTheClientsOwnArrives(String name) {
        assertThat(caller.get("/public", name + ": root@example.org").status()).isEqualTo(200);
        assertThat(claims()).isEmpty();
    }

    @Test
    void aWebSocketIsOpenedByACookieForPagesOfTheSite() {
        Browser browser = new Browser();
        browser.logIn("/cart");
        upstream.heads.clear();
        String cookies = browser.atSite.cookies().getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ", "Cookie: ", ""));
        for (String origin : List.of("X-Other: 1", "Origin: https://evil.example", "Origin: null")) {
            assertThat(caller.upgrade("/socket", cookies, origin).status()).isEqualTo(403);
        }
        assertThat(caller.upgrade("/socket", "Origin: " + SITE).status()).isNotEqualTo(101);
        assertThat(upstream.heads).isEmpty();
        Answer opened = caller.upgrade("/socket", cookies, "Origin: " + SITE);
        assertThat(opened.status()).isEqualTo(101);
        assertThat(opened.body()).isEqualTo("socket");
        assertThat(claims()).contains("OIDC_CLAIM_name: Ada Lovelace");
    }

    @Test
    void whoLogsOutAtTheSiteLogsOutAtGatehouse() {
        Browser browser = new Browser();
        browser.logIn("/cart");
        Page left = browser.atSite.open("/gatehouse/callback?logout=" + SITE.replace(":", "%3A") + "%2Fpublic%2F");
        assertThat(left.location().toString()).startsWith(NODE.address() + "/");
        URI out = left.location();
        Page page = browser.atGatehouse.open(out.getRawPath() + "?" + out.getRawQuery());
        assertThat(page.location()).hasToString(SITE + "/public/");
        assertThat(browser.atSite.open("/cart").isRedirect()).isTrue();
        URI again = browser.atSite.open("/cart").location();
        assertThat(browser.atGatehouse
                        .open(again.getRawPath() + "?" + again.getRawQuery())
                        .asksForPassword())
                .isTrue();
    }

    /** By the back channel, without the browser. */
    @Test
    void whoLogsOutAtGatehouseIsLoggedOutAtTheSite() throws Exception {
        Browser browser = new Browser();
        browser.logIn("/cart");
        assertThat(browser.atSite.open("/cart").status()).isEqualTo(200);
        Page asked = browser.atGatehouse.open("/oauth2/logout");
        browser.atGatehouse.submit(asked);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!browser.atSite.open("/cart").isRedirect()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
