package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Tenant;

/**
 * How our cookies are named and set: out of reach of scripts, of other sites' forms and, where the issuer is https, of other
 * hosts of the domain (RFC 6265bis, section 4.1.3.2). They are of one host, so that the name tells the tenant.
 */
final class CookieFormat {
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";

    private final String prefix;
    private final String attributes;

    /** @param issuer a browser keeps no secure cookie of one that is http */
    CookieFormat(String issuer, String name) {
        boolean secure = issuer.startsWith("https:");
        this.prefix = (secure ? "__Host-" : "") + name;
        this.attributes = ATTRIBUTES + (secure ? "; Secure" : "");
    }

    String name(String tenant) {
        return tenant.equals(Tenant.MAIN) ? prefix : prefix + "-" + tenant;
    }

    /** The value of a Set-Cookie header; the cookie goes when the browser is closed. */
    String set(String tenant, String value) {
        return name(tenant) + "=" + value + attributes;
    }

    String removed(String tenant) {
        return name(tenant) + "=" + attributes + "; Max-Age=0";
    }
}
