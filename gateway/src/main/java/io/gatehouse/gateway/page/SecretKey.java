package io.gatehouse.gateway.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The secret of a second factor as an authenticator app takes it.
 *
 * @param uri that such an app opens
 * @param text the secret in base32, in groups of four
 */
public record SecretKey(String uri, String text) {
    private static final int GROUP = 4;

    /**
     * In the form that all apps read; what it leaves out is SHA-1, 6 digits and 30 seconds.
     *
     * @param issuer whose account it is, for people
     * @param account its user's name
     * @param base32 the secret
     */
    static SecretKey of(String issuer, String account, String base32) {
        String uri = "otpauth://totp/" + encoded(issuer) + ":" + encoded(account) + "?secret=" + base32 + "&issuer="
                + encoded(issuer);
        return new SecretKey(uri, base32.replaceAll("(.{" + GROUP + "})(?=.)", "$1 "));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "SecretKey[***]";
    }
}
