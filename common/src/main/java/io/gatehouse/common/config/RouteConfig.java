package io.gatehouse.common.config;

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
 * @param demand {@link #PUBLIC} or {@link #BEARER}
 * @param audience that tokens must be for; null: the default audience
 * @param scope all of which tokens must have
 * @param roles one of which the subject must have; empty: none
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
                        What a request must show. public: nothing. bearer: an access token that counts here and now.""", required = true, max = "32") String demand,

        @Key(doc = "Whom tokens must be for. Default: tokens.default_audience.", min = "1", max = "512") @Nullable
        String audience,

        @Key(doc = "Scopes: a token must have all of them.", min = "1", max = "200")
        List<String> scope,

        @Key(doc = "Roles: the subject must have one of them. Empty: none.", min = "1", max = "200")
        List<String> roles)
        implements Checked {

    /** Whoever asks may go on. */
    public static final String PUBLIC = "public";
    /** An access token is asked for. */
    public static final String BEARER = "bearer";

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    /** RFC 6749, section 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Copies its lists. */
    public RouteConfig {
        scope = List.copyOf(scope);
        roles = List.copyOf(roles);
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
        rules.require(
                scope.stream().allMatch(one -> SCOPE.matcher(one).matches()),
                "scope",
                "holds characters that RFC 6749 doesn't allow: use visible ASCII without blanks");
    }

    private void checkDemand(Rules rules) {
        rules.require(
                !demand.equals("session"),
                "demand",
                "is session, which this version can't ask for yet: give " + BEARER + ", or leave the route out");
        rules.require(demand.equals(PUBLIC) || demand.equals(BEARER), "demand", "is no demand: give public or bearer");
        rules.require(
                !demand.equals(PUBLIC) || (audience == null && scope.isEmpty() && roles.isEmpty()),
                "demand",
                "is public, so that audience, scope and roles would ask nobody: leave them out, or give bearer");
    }
}
