package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Tenant;
import java.net.URI;

/** Where a browser finds the pages of a tenant: below the path of its issuer. */
public final class PagePaths {
    static final String AUTHORIZE = "/oauth2/authorize";
    static final String ROOT = "/";
    static final String LOGIN = "/login";
    static final String LOGIN_CODE = "/login/code";
    static final String HANDOVER = "/login/handover";
    static final String CONSENT = "/consent";
    static final String DEVICE = "/device";
    static final String DEVICE_DECISION = "/device/decision";
    static final String ACCOUNT = "/account";
    static final String SECOND_FACTOR = "/account/second-factor";
    static final String LOGOUT = "/oauth2/logout";
    static final String STYLE = "/assets/style.css";
    static final String SUBMIT = "/assets/submit.js";

    /** At the host of a service, before the tenant. */
    static final String SERVICE_STYLE = "/.gatehouse/style/";

    private final String base;
    private final boolean atService;

    /** @param issuer of the default tenant, without a final slash */
    public PagePaths(String issuer) {
        this(URI.create(issuer).getRawPath(), false);
    }

    private PagePaths(String base, boolean atService) {
        this.base = base;
        this.atService = atService;
    }

    /** As links from the host of a service, where nothing but the style is. */
    static PagePaths atService(String issuer) {
        return new PagePaths(issuer, true);
    }

    /** @param path as it is mounted */
    public String of(String tenant, String path) {
        return atService && path.equals(STYLE) ? SERVICE_STYLE + tenant : Tenant.issuer(base, tenant) + path;
    }
}
