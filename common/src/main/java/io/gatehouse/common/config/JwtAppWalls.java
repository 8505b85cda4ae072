package io.gatehouse.common.config;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the JWTs of apps from opening anything here: they share no key with a client, and whoever asks only who
 * made a token, or for whom, never takes one for a token of another kind.
 */
final class JwtAppWalls {
    private JwtAppWalls() {}

    static void besideClients(BootstrapConfig bootstrap, Rules rules) {
        Set<List<String>> clients = bootstrap.clients().stream()
                .map(client -> List.of(client.tenant(), client.clientId()))
                .collect(Collectors.toSet());
        List<SecretValue> secrets =
                bootstrap.clients().stream().flatMap(JwtAppWalls::secrets).toList();
        for (JwtAppConfig app : bootstrap.jwtApps()) {
            app.audiences().stream()
                    .filter(audience -> clients.contains(List.of(app.tenant(), audience)))
                    .forEach(audience -> rules.report("jwt_apps", gives(app, audience, "the client_id of a client")));
            if (secrets.contains(app.secret())) {
                rules.report("jwt_apps", "gives " + app.name() + " the secret of a client: make another");
            }
        }
    }

    static void besideIssuers(GatehouseConfig config, Rules rules) {
        Set<String> issuers = issuers(config).map(Issuers::normal).collect(Collectors.toSet());
        String standard = config.tokens().defaultAudience();
        String usual = standard == null ? null : Issuers.normal(standard);
        for (JwtAppConfig app : config.bootstrap().jwtApps()) {
            for (String audience : app.audiences()) {
                if (issuers.contains(Issuers.normal(audience))) {
                    rules.report("bootstrap.jwt_apps", gives(app, audience, "an issuer of this server"));
                } else if (Issuers.normal(audience).equals(usual)) {
                    rules.report("bootstrap.jwt_apps", gives(app, audience, "tokens.default_audience"));
                }
            }
            checkSite(config.knownIssuer(), app, rules);
        }
    }

    /** Paths below the issuer are ours, also those that nobody has thought of yet. */
    private static void checkSite(@Nullable URI issuer, JwtAppConfig app, Rules rules) {
        URI site = app.siteUrl();
        if (issuer != null && site != null && Issuers.origin(site).equals(Issuers.origin(issuer))) {
            rules.report(
                    "bootstrap.jwt_apps",
                    "gives " + app.name() + " a site_url on the issuer's own scheme, host and port:"
                            + " leave it out: the default is below the issuer");
        }
    }

    private static Stream<SecretValue> secrets(BootstrapClient client) {
        JwtLoginConfig login = client.jwtLogin();
        return Stream.concat(
                Stream.ofNullable(client.clientSecret()), login == null ? Stream.empty() : Stream.of(login.key()));
    }

    /** Of the default tenant and of those below it. */
    private static Stream<String> issuers(GatehouseConfig config) {
        URI issuer = config.knownIssuer();
        if (issuer == null) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(issuer.toString()),
                config.bootstrap().tenants().stream().map(tenant -> issuer + "/t/" + tenant.id()));
    }

    private static String gives(JwtAppConfig app, String audience, String what) {
        return "gives " + app.name() + " the audience " + Problems.quote(audience) + ", which is " + what
                + ": name the app's own";
    }
}
