package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.oauth.Protocol;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;

/** The account: profile, sessions, consents and password of whoever is logged in. */
public final class AccountPages {
    private final Pages pages;
    private final AccountPage account;
    private final PasswordPage password;
    private final SecondFactorPage secondFactor;

    public AccountPages(Protocol protocol, PageParts parts, Clock clock) {
        this.pages = parts.pages();
        AccountForms forms = new AccountForms(parts);
        this.account = new AccountPage(parts, forms, protocol.sessions());
        this.password = new PasswordPage(parts, forms, account, protocol.sessions());
        this.secondFactor =
                new SecondFactorPage(parts, forms, account, protocol.sessions(), new Resumption(parts), clock);
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        return Stream.of(
                mount(HttpMethod.GET, PagePaths.ACCOUNT, account::show),
                mount(HttpMethod.POST, PagePaths.ACCOUNT + "/sessions/end", account::endSession),
                mount(HttpMethod.POST, PagePaths.ACCOUNT + "/consents/withdraw", account::withdrawConsent),
                mount(HttpMethod.POST, PagePaths.ACCOUNT + "/logout", account::logOut),
                mount(HttpMethod.GET, PagePaths.ACCOUNT + "/password", password::show),
                mount(HttpMethod.POST, PagePaths.ACCOUNT + "/password", password::submit),
                mount(HttpMethod.GET, PagePaths.SECOND_FACTOR, secondFactor::show),
                mount(HttpMethod.POST, PagePaths.SECOND_FACTOR, secondFactor.enrol()::submit),
                mount(HttpMethod.POST, PagePaths.SECOND_FACTOR + "/remove", secondFactor::remove));
    }

    private Mount mount(HttpMethod method, String path, Endpoint endpoint) {
        ErrorStyle style = pages.errors();
        return new Mount(Set.of(method), path, style, pages.guarded(endpoint));
    }
}
