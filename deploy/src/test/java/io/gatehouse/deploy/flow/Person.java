package io.gatehouse.deploy.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Somebody in front of a browser without scripts: keeps cookies, follows redirects within the server, reads pages and
 * fills in forms. A redirect that leads elsewhere is where it stops: that is the client's.
 */
final class Person {
    private static final int MOST_REDIRECTS = 10;

    private final URI base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client;

    Person(URI base) {
        this(base, HttpClient.newBuilder());
    }

    private Person(URI base, HttpClient.Builder builder) {
        this.base = base;
        this.client = builder.version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .build();
    }

    /** Over TLS. */
    static Person over(SSLContext context, URI base) {
        return new Person(base, HttpClient.newBuilder().sslContext(context));
    }

    CookieManager cookies() {
        return cookies;
    }

    /** Opens a path of the server. */
    Page open(String path) {
        return follow(request(base.resolve(path)).GET().build());
    }

    /** Sends a page's only form, with the fields it came with and those given: names and values in turn. */
    Page submit(Page page, String... fields) {
        return submit(page, page.form(), fields);
    }

    Page submit(Page page, PageForm form, String... fields) {
        List<String> pairs = new ArrayList<>();
        Map<String, String> all = form.filled(fields);
        all.forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        URI target = page.uri().resolve(form.action());
        return follow(request(target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", base.toString())
                .POST(HttpRequest.BodyPublishers.ofString(
                        Caller.form(pairs.toArray(String[]::new)), StandardCharsets.UTF_8))
                .build());
    }

    /** Logs in as the demo's user, from a page that asks for that. */
    Page logIn(Page page) {
        return submit(page, "username", "ada", "password", RunningNode.ADA_PASSWORD);
    }

    /** Logs in and allows, as often as either is asked for. */
    Page goOn(Page page) {
        Page next = page;
        for (int i = 0; i < 3 && next.status() == 200 && next.hasForm(); i++) {
            next = next.asksForPassword() ? logIn(next) : submit(next, "decision", "allow");
        }
        return next;
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "text/html")
                .header("Accept-Language", "en");
    }

    private Page follow(HttpRequest first) {
        Page page = send(first);
        for (int i = 0; i < MOST_REDIRECTS && page.isRedirect() && isOurs(page.location()); i++) {
            page = send(request(page.location()).GET().build());
        }
        return page;
    }

    private boolean isOurs(URI location) {
        return base.getAuthority().equals(location.getAuthority());
    }

    private Page send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Page(request.uri(), response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
