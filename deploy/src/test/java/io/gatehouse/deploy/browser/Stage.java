package io.gatehouse.deploy.browser;

import io.gatehouse.deploy.flow.RunningNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A provider with two tenants, a client's site, and a browser that each test finds as new. */
final class Stage implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String APP = "app";
    static final String NATIVE_APP = "native";
    static final String APP_NAME = "Example Reports";
    static final String PASSWORD = "a password that ada made up";

    /** What a person reads of it is a client's text. */
    static final String PAYMENT = """
            [{"type": "payment", "amount": {"value": "123.50", "currency": "EUR"}, "to": "<b>Grace</b> Hopper & Söhne",
              "urgent": true, "actions": ["initiate", "status"]}]""";

    static final String DETAILS = PAYMENT.replace("}]", """
            }, {"type": "account", "identifier": "DE02120300000000202051",
             "locations": ["https://bank.example.org/accounts-of-a-very-long-name/and/a/path/that/never/ends/0123456789"]}]""");

    /**
     * A service behind Gatehouse, which takes browsers that are logged in; of {@link #CHIEFS}, nobody has what is asked for.
     */
    static final String SERVICE = "shop.localhost";

    static final String CHIEFS = "/chiefs";

    private static final String CONFIGURATION = """
            routes:
              - {id: chiefs, match: {host: shop.localhost, path: /chiefs}, demand: session, roles: [chief], upstream: ["%1$s"]}
              - {id: shop, match: {host: shop.localhost}, demand: session, upstream: ["%1$s"]}
            scopes:
              - {name: reports, description: read your reports, description_de: Ihre Berichte lesen}
            authorization_details:
              - type: payment
                description: make a payment
                description_de: eine Zahlung auslösen
                fields:
                  - {name: amount.value, label: Amount, label_de: Betrag}
                  - {name: amount.currency, label: Currency, label_de: Währung}
                  - {name: to, label: To, label_de: An}
                  - {name: urgent, kind: flag, label: Urgent, label_de: Eilig}
                  - {name: actions}
              - {type: account, description: see an account, fields: [{name: identifier}, {name: locations}]}
            bootstrap:
              tenants:
                - {id: bank, name: Example Bank, color: "#ffcc00", logo_uri: "%1$s/logo.svg"}
              clients:
                - client_id: app
                  client_secret: app-secret-0123456789abcdef0123456789
                  client_name: %2$s
                  redirect_uris: ["%1$s/callback"]
                  post_logout_redirect_uris: ["%1$s/logged-out"]
                  policy_uri: %1$s/policy
                  tos_uri: %1$s/terms
                  grant_types: [authorization_code, refresh_token]
                  scope: openid profile email phone offline_access reports
                  resources: ["https://bank.example.org/", "https://reports.example.org/years/2026"]
                  authorization_details_types: [payment, account]
                - client_id: native
                  client_name: Example Desktop
                  redirect_uris: ["http://127.0.0.1/callback"]
                  token_endpoint_auth_method: none
                  scope: openid profile
                - client_id: tv
                  client_name: Example Player
                  token_endpoint_auth_method: none
                  grant_types: ["urn:ietf:params:oauth:grant-type:device_code", refresh_token]
                  policy_uri: %1$s/policy
                  scope: openid profile email offline_access
                  authorization_details_types: [payment]
                - client_id: branch
                  tenant: bank
                  client_secret: branch-secret-0123456789abcdef0123456789
                  client_name: Branch Office
                  redirect_uris: ["%1$s/callback"]
                  scope: openid profile email
              users:
                - {username: ada, password: %3$s, name: Ada Lovelace, email: ada@example.org, phone: "+15550101"}
                - {username: ada, tenant: bank, password: %3$s, name: Ada Lovelace}
                - {username: bea, password: %3$s}
                - {username: cid, password: %3$s}
                - {username: dan, password: %3$s}
            """;

    private final ClientSite client = new ClientSite();
    private final RunningNode node;
    private Chromium browser;

    Stage() {
        node = RunningNode.configured(CONFIGURATION.formatted(client.uri(""), APP_NAME, PASSWORD));
    }

    /** Sets a configuration key of the node. */
    Stage with(String key, String value) {
        node.with(key, value);
        return this;
    }

    ClientSite client() {
        return client;
    }

    Chromium browser() {
        return browser;
    }

    /** Where the node listens, without a final slash. */
    URI provider() {
        return node.address();
    }

    /** A path of the service, or of another one; browsers find all names below localhost on this machine. */
    String service(String host, String path) {
        return "http://" + host + ":" + provider().getPort() + path;
    }

    /** What a device shows that waits for its user. */
    String userCode() {
        return userCode("");
    }

    /** @param details that it asks for; empty: none */
    String userCode(String details) {
        URI endpoint = URI.create(provider() + "/oauth2/device_authorization");
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "client_id=tv&authorization_details=" + URLEncoder.encode(details, StandardCharsets.UTF_8)))
                .build();
        try (HttpClient device = HttpClient.newHttpClient()) {
            String body =
                    device.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new JsonObject(body).getString("user_code");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody in front of the browser. */
    Visitor visitor() {
        return new Visitor(this);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        browser = Chromium.start();
        node.beforeAll(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        browser.reset();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        client.close();
        if (browser != null) {
            browser.close();
            node.afterAll(context);
        }
    }
}
