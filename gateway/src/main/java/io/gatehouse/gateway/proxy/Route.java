package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.RouteConfig;
import io.gatehouse.common.config.RouteMatch;
import io.gatehouse.common.model.Scope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may send the requests of one part of one host.
 *
 * @param tenant whose tokens it takes
 * @param path itself and all below it; empty: every path
 * @param methods empty: every method
 * @param open whether nobody is asked
 * @param audience that tokens must be for; null: the default audience
 * @param scope all of which a token must have
 * @param roles one of which the subject must have; empty: none
 */
public record Route(
        String id,
        String tenant,
        RequestHost host,
        String path,
        Set<String> methods,
        boolean open,
        @Nullable String audience,
        Scope scope,
        List<String> roles) {
    public Route {
        methods = Set.copyOf(methods);
        roles = List.copyOf(roles);
    }

    static Route of(RouteConfig config, RequestHost issuer) {
        RouteMatch match = config.match();
        return new Route(
                config.id(),
                config.tenant(),
                match.host() == null ? issuer : RequestHost.read(match.host()),
                match.path(),
                Set.copyOf(match.methods()),
                config.demand().equals(RouteConfig.PUBLIC),
                config.audience(),
                Scope.parse(String.join(" ", config.scope())),
                config.roles());
    }

    boolean isFor(OriginalRequest request) {
        String asked = request.path().text();
        boolean below =
                asked.startsWith(path) && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
        return below && (methods.isEmpty() || methods.contains(request.method())) && host.equals(request.host());
    }
}
