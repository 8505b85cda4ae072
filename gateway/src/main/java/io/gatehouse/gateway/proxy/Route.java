package io.gatehouse.gateway.proxy;

import io.gatehouse.common.claims.Claims;
import io.gatehouse.common.claims.ClaimsExpression;
import io.gatehouse.common.config.RouteConfig;
import io.gatehouse.common.config.RouteMatch;
import io.gatehouse.common.config.RouteRateConfig;
import io.gatehouse.common.model.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who may send the requests of one part of one host, and where they go. Made once of what the operator wrote. */
public final class Route {
    /** What a request must show. */
    public enum Kind {
        PUBLIC,
        BEARER,
        SESSION
    }

    private final RouteConfig config;
    private final RequestHost host;
    private final boolean anyPort;
    private final Kind demand;
    private final Set<String> methods;
    private final Scope scope;
    private final @Nullable ClaimsExpression claims;

    /** @param issuer at whose host, and port, it is where it names none */
    Route(RouteConfig config, RequestHost issuer) {
        RouteMatch match = config.match();
        this.config = config;
        this.anyPort = match.host() != null;
        this.host = match.host() == null ? issuer : RequestHost.read(match.host());
        this.demand = Kind.valueOf(config.demand().toUpperCase(java.util.Locale.ROOT));
        this.methods = Set.copyOf(match.methods());
        this.scope = Scope.parse(String.join(" ", config.scope()));
        this.claims = config.claims() == null ? null : ClaimsExpression.parse(config.claims());
    }

    public String id() {
        return config.id();
    }

    /** Whose tokens and sessions it takes. */
    public String tenant() {
        return config.tenant();
    }

    public Kind demand() {
        return demand;
    }

    /** That tokens must be for; null: the default audience. */
    public @Nullable String audience() {
        return config.audience();
    }

    /** All of which a token must have. */
    public Scope scope() {
        return scope;
    }

    /** One of which the subject must have; empty: none. */
    public List<String> roles() {
        return config.roles();
    }

    /** Of the login of a session; null: any. */
    public @Nullable Duration maxAge() {
        return config.maxAge();
    }

    /** Whether the user must have logged in by two factors. */
    public boolean secondFactor() {
        return config.secondFactor();
    }

    /** An expression that must be true; null: none. */
    public @Nullable String claims() {
        return config.claims();
    }

    /** Whether the expression is true of a sender. */
    boolean admits(Supplier<Claims> sender) {
        return claims == null || claims.isTrueOf(sender.get());
    }

    /** Null: no limit. */
    public @Nullable RouteRateConfig rate() {
        return config.rate();
    }

    /** Scheme, host and port each; empty: requests are not passed on from here. */
    public List<URI> upstream() {
        return config.upstream();
    }

    /** Until an upstream's answer begins. */
    public Duration timeout() {
        return config.timeout();
    }

    /** Whether the upstream gets the Authorization header. */
    public boolean forwardsToken() {
        return config.forwardToken();
    }

    /** Whom its assertions are for; null: it has none. */
    public @Nullable String assertionAudience() {
        String named = config.assertion();
        if (named == null) {
            return upstream().isEmpty() ? id() : upstream().getFirst().toString();
        }
        return named.equals(RouteConfig.NO_ASSERTION) ? null : named;
    }

    boolean isAt(RequestHost asked) {
        return anyPort ? host.covers(asked) : host.equals(asked);
    }

    boolean isFor(OriginalRequest request) {
        return isBelow(request.path().text())
                && (methods.isEmpty() || methods.contains(request.method()))
                && isAt(request.host());
    }

    private boolean isBelow(String asked) {
        String path = config.match().path();
        return asked.startsWith(path) && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
    }

    /** Whether it is at the issuer's own host, where paths of ours come first. */
    boolean isBesideIssuer() {
        return config.sameOrigin();
    }
}
