package io.gatehouse.common.config;

import io.gatehouse.common.claims.ClaimsExpression;
import io.gatehouse.common.claims.MalformedClaims;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may send the requests that a service behind the front door gets.
 *
 * @param id its name in logs
 * @param tenant whose tokens it takes
 * @param match which requests it is for
 * @param sameOrigin whether it may be at the issuer's own host
 * @param demand {@link #PUBLIC}, {@link #BEARER} or {@link #SESSION}
 * @param audience that tokens must be for; null: the default audience
 * @param scope all of which tokens must have
 * @param roles one of which the subject must have; empty: none
 * @param upstream of one service, each scheme, host and port; empty: the route is for a proxy in front that asks
 * @param timeout until an upstream's answer begins
 * @param rate null: no limit
 * @param forwardToken whether the upstream gets the Authorization header
 * @param maxAge of the login; null: any
 * @param claims an expression that must be true; null: none
 * @param assertion its audience, or {@link #NO_ASSERTION}; null: the upstream
 * @param secondFactor whether the user must have logged in by two factors
 */
public record RouteConfig(
        @Key(
                doc = "The name of the route, once: lower-case letters, digits and dashes.",
                required = true,
                min = "1",
                max = "63")
        String id,

        @Key(doc = "The id of the tenant whose tokens the route takes.", defaultValue = BootstrapConfig.MAIN_TENANT)
        String tenant,

        @Key(doc = "Which requests the route is for.") RouteMatch match,

        @Key(doc = """
                        Whether the service may be at the issuer's own host. Its scripts then share the origin of the login
                        pages: only for services that you trust as much as those.""", defaultValue = "false") boolean sameOrigin,

        @Key(doc = """
                        What a request must show. public: nothing. bearer: an access token that counts here and now.
                        session: a browser that is logged in.""", required = true, max = "32") String demand,

        @Key(doc = "Whom tokens must be for. Default: tokens.default_audience.", min = "1", max = "512") @Nullable
        String audience,

        @Key(doc = "Scopes: a token must have all of them.", min = "1", max = "200")
        List<String> scope,

        @Key(doc = "Roles: the subject must have one of them. Empty: any.", min = "1", max = "200")
        List<String> roles,

        @Key(doc = """
                        Where requests are passed on to: http://, https:// or h2c:// (HTTP/2 without TLS) with a host and a
                        port, of one service. Several take turns. Empty: the route is for /forward-auth alone.""", max = "512") List<URI> upstream,

        @Key(
                doc = "How long an upstream may take to begin its answer.",
                defaultValue = "PT30S",
                min = "PT0.1S",
                max = "PT1H")
        Duration timeout,

        @Key(doc = "How many requests pass in which time. Absent: no limit.", optional = true) @Nullable
        RouteRateConfig rate,

        @Key(doc = """
                        Whether the upstream gets the Authorization header as it came. Without it, nobody behind the door
                        can use the token elsewhere.""", defaultValue = "false") boolean forwardToken,

        @Key(doc = """
                        With demand session: how long ago the user may have logged in. Absent: as long as the session
                        lasts.""", min = "PT1S", max = "P30D") @Nullable
        Duration maxAge,

        @Key(doc = """
                        What else must be true of the sender, such as: roles has 'editor' and client_id != 'legacy'. sub,
                        sub_type, client_id and family are compared by ==, != and in ['a', 'b']; scope, roles and aud by
                        has; and, or, not and parentheses join. Absent: nothing.""", min = "1", max = "512") @Nullable String claims,

        @Key(doc = """
                        Whom the signed assertion in X-Gatehouse-Assertion is for. Absent: the first upstream, as scheme,
                        host and port; for a route without one, its id. none: no assertion is made.""", min = "1", max = "512") @Nullable String assertion,

        @Key(doc = """
                        Whether the user must have logged in by two factors. A browser is sent to enrol the second one
                        where there is none yet; a token of another login is refused, as is one that speaks for no user.""", defaultValue = "false") boolean secondFactor)
        implements Checked {

    /** Whoever asks may go on. */
    public static final String PUBLIC = "public";
    /** An access token is asked for. */
    public static final String BEARER = "bearer";
    /** A browser is asked to log in. */
    public static final String SESSION = "session";
    /** In place of an assertion's audience. */
    public static final String NO_ASSERTION = "none";

    private static final int MOST_UPSTREAMS = 64;
    private static final List<String> SCHEMES = List.of("http", "https", "h2c");
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    /** RFC 6749, section 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Copies its lists. */
    public RouteConfig {
        scope = List.copyOf(scope);
        roles = List.copyOf(roles);
        upstream = List.copyOf(upstream);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                ID.matcher(id).matches(),
                "id",
                "holds more than lower-case letters, digits and dashes, or starts or ends with a dash");
        rules.require(
                sameOrigin || match.host() != null,
                "match",
                "names no host: add one that is not the issuer's, or say same_origin: true",
                "match.host");
        checkDemand(rules);
        checkUpstream(rules);
        rules.require(
                scope.stream().allMatch(one -> SCOPE.matcher(one).matches()),
                "scope",
                "holds characters that RFC 6749 doesn't allow: use visible ASCII without blanks");
        rules.refuse(flawOfClaims(), "claims");
    }

    private @Nullable String flawOfClaims() {
        try {
            if (claims != null) {
                ClaimsExpression.parse(claims);
            }
            return null;
        } catch (MalformedClaims malformed) {
            return "can't be read, " + malformed.reason();
        }
    }

    private void checkDemand(Rules rules) {
        rules.require(
                List.of(PUBLIC, BEARER, SESSION).contains(demand),
                "demand",
                "is no demand: give public, bearer or session");
        rules.require(
                !demand.equals(PUBLIC)
                        || (audience == null
                                && scope.isEmpty()
                                && roles.isEmpty()
                                && claims == null
                                && maxAge == null
                                && !secondFactor),
                "demand",
                "is public, so that audience, scope, roles, claims, max_age and second_factor would ask nobody: leave them"
                        + " out, or give bearer");
        rules.require(
                maxAge == null || demand.equals(SESSION),
                "max_age",
                "is about the login of a browser: it goes with demand: session");
        rules.require(
                !demand.equals(SESSION) || (audience == null && scope.isEmpty()),
                "demand",
                "is session, which has neither audience nor scope: leave them out, or give bearer");
    }

    private void checkUpstream(Rules rules) {
        rules.require(
                upstream.stream().allMatch(RouteConfig::isOrigin),
                "upstream",
                "holds what is not scheme, host and port: write it like http://127.0.0.1:9000");
        rules.require(upstream.size() <= MOST_UPSTREAMS, "upstream", "lists more than " + MOST_UPSTREAMS);
        rules.require(
                upstream.stream().map(URI::getScheme).distinct().count() <= 1,
                "upstream",
                "mixes schemes: one service speaks in one way");
    }

    private static boolean isOrigin(URI upstream) {
        boolean bare = upstream.getRawPath() == null
                || upstream.getRawPath().isEmpty()
                || upstream.getRawPath().equals("/");
        return bare
                && upstream.getScheme() != null
                && SCHEMES.contains(upstream.getScheme())
                && upstream.getHost() != null
                && upstream.getRawUserInfo() == null
                && upstream.getRawQuery() == null
                && upstream.getRawFragment() == null;
    }
}
