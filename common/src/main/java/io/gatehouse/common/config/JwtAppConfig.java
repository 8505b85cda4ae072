package io.gatehouse.common.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application that takes JWTs about users.
 *
 * @param tenant the tenant's id
 * @param name unique in the tenant
 * @param algorithm that signs its JWTs
 * @param secret the shared secret as text, or the private key in PEM
 * @param expiresIn life of a JWT, in seconds
 * @param siteUrl the {@code iss} of its JWTs, or null: below the tenant's issuer, by the app's name
 * @param audiences the {@code aud} of its JWTs; empty: none
 * @param mapping further claims, each with the value of the user's profile that it holds
 * @param metadata further claims that are always the same
 * @param disabled whether it is taken away
 */
public record JwtAppConfig(
        @Key(doc = "The tenant's id.", defaultValue = BootstrapConfig.MAIN_TENANT)
        String tenant,

        @Key(
                doc = "The app's name, unique in the tenant: letters, digits, dots, dashes and underscores.",
                required = true,
                min = "1",
                max = "64")
        String name,

        @Key(
                doc = "The algorithm that signs its JWTs.",
                defaultValue = "HS256",
                oneOf = {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"})
        String algorithm,

        @Key(doc = """
                        The key that signs its JWTs, best as file:PATH. HS: a secret that the app shares, at least as
                        long as the hash (32, 48 or 64 bytes). RS and ES: a private key in PEM (PKCS#8).""", required = true, max = "16384") SecretValue secret,

        @Key(doc = "Life of a JWT, in seconds.", defaultValue = "600", min = "1", max = "2592000")
        int expiresIn,

        @Key(doc = """
                        The `iss` of its JWTs: https, or http on a loopback host. Default: the tenant's issuer, /jwt/,
                        the app's name and a slash.""") @Nullable URI siteUrl,

        @Key(doc = "The `aud` of its JWTs. Empty: the claim is left out.", max = "512")
        List<String> audiences,

        @Key(doc = """
                        Further claims, each with the value of the user's profile that it holds, such as UserName
                        or Email[0].Value.""", max = "4096") Map<String, String> mapping,

        @Key(doc = "Further claims that are always the same, such as plan: gold.", max = "4096")
        Map<String, String> metadata,

        @Key(
                doc =
                        "Whether the app is taken away: no more JWTs, no published key. An entry that is only removed stays.",
                defaultValue = "false")
        boolean disabled)
        implements Checked {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern DOTS = Pattern.compile("\\.+");
    private static final Pattern LINE = Pattern.compile("\\P{Cntrl}+");
    /** What the server itself says; and client_id, with which a JWT could pass for a client's own. */
    private static final Set<String> RESERVED =
            Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "client_id");

    /** Copies its lists and maps. */
    public JwtAppConfig {
        audiences = List.copyOf(audiences);
        mapping = Map.copyOf(mapping);
        metadata = Map.copyOf(metadata);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                NAME.matcher(name).matches(), "name", "holds more than letters, digits, dots, dashes and underscores");
        rules.require(!DOTS.matcher(name).matches(), "name", "holds dots only: add a letter or a digit");
        rules.require(
                audiences.stream().noneMatch(String::isBlank), "audiences", "holds a blank text: name who is meant");
        if (siteUrl != null) {
            rules.refuse(Issuers.flaw(siteUrl), "site_url");
        }
        checkSharedSecret(rules);
        checkClaims(rules);
    }

    private void checkSharedSecret(Rules rules) {
        if (!algorithm.startsWith("HS")) {
            return;
        }
        int least = Integer.parseInt(algorithm.substring(2)) / 8;
        int length = secret.reveal().getBytes(StandardCharsets.UTF_8).length;
        rules.require(
                length >= least,
                "secret",
                "has " + length + " bytes: " + algorithm + " needs at least " + least,
                "algorithm");
        // A PEM key here was meant for another algorithm: its public half would be no secret.
        rules.require(
                LINE.matcher(secret.reveal()).matches(),
                "secret",
                "holds control characters: write the secret of " + algorithm
                        + " in one line; a key in PEM needs RS or ES",
                "algorithm");
    }

    private void checkClaims(Rules rules) {
        checkReserved(mapping, "mapping", rules);
        checkReserved(metadata, "metadata", rules);
        mapping.keySet().stream()
                .filter(metadata::containsKey)
                .sorted()
                .map(claim -> "holds " + Problems.quote(claim) + ", as mapping does: keep one of them")
                .forEach(message -> rules.report("metadata", message));
    }

    private static void checkReserved(Map<String, String> claims, String key, Rules rules) {
        claims.keySet().stream()
                .filter(RESERVED::contains)
                .sorted()
                .map(claim -> "holds " + claim + ", which no app can set: remove it")
                .forEach(message -> rules.report(key, message));
    }

    @Override
    public String toString() {
        return "JwtAppConfig[" + name + " of " + tenant + "]";
    }
}
