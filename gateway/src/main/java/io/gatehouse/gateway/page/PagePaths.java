package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Tenant;
import java.net.URI;

/** Where a browser finds the pages of a tenant: below the path of its issuer. */
public final class PagePaths {
    static final String AUTHORIZE = "/oauth2/authorize";
    static final String ROOT = "/";
    static final String LOGIN = "/login";
    static final String CONSENT = "/consent";
    static final String DEVICE = "/device";
    static final String DEVICE_DECISION = "/device/decision";
    static final String ACCOUNT = "/account";
    static final String LOGOUT = "/oauth2/logout";
    static final String STYLE = "/assets/style.css";
    static final String SUBMIT = "/assets/submit.js";

    private final String base;

    /** @param issuer of the default tenant, without a final slash */
    public PagePaths(String issuer) {
        this.base = URI.create(issuer).getRawPath();
    }

    /** @param path as it is mounted */
    public String of(String tenant, String path) {
        return Tenant.issuer(base, tenant) + path;
    }
}
