package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Branding;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.RawReply;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages load, and how a tenant's look reaches them. */
class PageAssetsTest extends PageCase {
    private void brand(Branding branding) {
        gateway.node.on(
                Tenants.Find.class,
                find -> new Tenants.Found(
                        find.tenant().equals("shop")
                                ? new Tenant("shop", null, null, 1, List.of(), List.of(), branding)
                                : null));
    }

    private static String styleSheetOf(RawReply page) {
        Matcher link =
                Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]*)\">").matcher(page.body());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    @Test
    void theStyleSheetMayBeKept() {
        String path = styleSheetOf(browser.get("/login"));
        RawReply sheet = gateway.get(path);

        assertThat(path).matches("/assets/style\\.css\\?v=[A-Za-z0-9_-]{12}");
        assertThat(sheet.status()).isEqualTo(200);
        assertThat(sheet.header("content-type")).isEqualTo("text/css; charset=utf-8");
        assertThat(sheet.header("cache-control")).isEqualTo("public, max-age=86400");
        assertThat(sheet.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(sheet.has("set-cookie")).isFalse();
        assertThat(sheet.body()).doesNotStartWith(":root{--accent");
    }

    @Test
    void aTenantsPagesAreInItsColours() {
        brand(new Branding("Harbour & Sons", "https://cdn.example.org/logo.svg", "#ffe100"));
        RawReply page = browser.get("/t/shop/login");
        String path = styleSheetOf(page);

        assertThat(page.body()).contains("Harbour &amp; Sons").contains("src=\"https://cdn.example.org/logo.svg\"");
        assertThat(page.header("content-security-policy")).contains("; img-src 'self' https://cdn.example.org; ");
        assertThat(path).startsWith("/t/shop/assets/style.css?v=");
        assertThat(path).doesNotEndWith(styleSheetOf(browser.get("/login")).substring("/assets/style.css".length()));
        assertThat(gateway.get(path).body()).startsWith(":root{--accent:#ffe100;--on-accent:#000000}\n");
    }

    @Test
    void aPageWithoutItsTenantsColoursIsBetterThanNone() {
        assertPage(browser.get("/login"), 200, "Log in");
        assertThat(browser.get("/login").body()).contains("Gatehouse");
    }

    @Test
    void aTenantThatIsNotThereHasNoPages() {
        assertErrorPage(browser.get("/t/nobody/login"), 404, "There is no such page");
        assertPage(browser.get("/t/nobody/login", "Accept-Language: fr, de;q=0.8"), 404, "Das hat nicht geklappt");
        assertPage(browser.get("/oauth2/authorize?x=%zz", "Accept-Language: de"), 400, "Das hat nicht geklappt");
        assertThat(gateway.get("/t/nobody/assets/style.css").status()).isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsSaidOnAPageInTheBrowsersLanguage() {
        assertErrorPage(browser.get("/nowhere", "Accept: text/html"), 404, "There is no such page");
        RawReply german = browser.get("/nowhere", "Accept: text/html, */*;q=0.8", "Accept-Language: de-AT");
        assertPage(german, 404, "Das hat nicht geklappt");
        assertThat(german.body()).contains("<html lang=\"de\"", "href=\"/account\"");
    }

    @ParameterizedTest
    @CsvSource({
        "#000000, #ffffff",
        "#ffffff, #000000",
        "#0b6e4f, #ffffff",
        "#ffe100, #000000",
        "#777777, #000000",
        "#ff0000, #000000",
        "#0000ff, #ffffff"
    })
    void textOnAColourIsReadable(String color, String text) {
        assertThat(Accent.of(color).onTop()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://app.example.org/cb?x=1, ' https://app.example.org'",
                "http://127.0.0.1:8400/cb, ' http://127.0.0.1:8400'",
                "HTTP://App.example.org/cb, ' http://App.example.org'",
                "'http://[::1]:8400/cb', ' http:'",
                "com.example.app:/cb, ' com.example.app:'",
                "https://app.example.org;script-src *, ''",
                "-, ''"
            })
    void aPolicyNamesTheOriginOnly(String target, String source) {
        assertThat(ContentPolicy.of(null, target, false))
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'" + source
                        + "; frame-ancestors 'none'; base-uri 'none'");
    }

    @Test
    void cookiesOfAnHttpIssuerAreThosABrowserKeeps() {
        CookieFormat format = new CookieFormat("http://127.0.0.1:8080", "gatehouse-session");

        assertThat(format.set("main", "x")).isEqualTo("gatehouse-session=x; Path=/; HttpOnly; SameSite=Lax");
        assertThat(format.set("shop", "x")).startsWith("gatehouse-session-shop=x;");
        assertThat(new CookieFormat("https://login.example.org", "gatehouse-session").removed("main"))
                .isEqualTo("__Host-gatehouse-session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    }

    @Test
    void linksStayBelowTheIssuersPath() {
        PagePaths paths = new PagePaths("https://example.org/auth");

        assertThat(paths.of("main", "/login")).isEqualTo("/auth/login");
        assertThat(paths.of("shop", "/login")).isEqualTo("/auth/t/shop/login");
        assertThat(new PagePaths("https://example.org").of("main", "/login")).isEqualTo("/login");
    }
}
