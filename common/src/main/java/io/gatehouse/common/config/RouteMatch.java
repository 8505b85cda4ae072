package io.gatehouse.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route is for.
 *
 * @param host in lower case, without a port for any; or null: the issuer's, with its port
 * @param path decoded, without a final slash: itself and all below it; empty: every path
 * @param methods with HEAD wherever there is GET; empty: every method
 */
public record RouteMatch(
        @Key(doc = """
                        The host that requests name: compared whole, without wildcards. With a port (other than 80 and 443)
                        it is for that port alone, without one for any. It is not the issuer's host, unless same_origin is
                        true; absent, it is.""", max = "260") @Nullable String host,

        @Key(doc = """
                        The path, as people read it (without percent signs): the route is for it and all below it, never for
                        /shopping where it says /shop. A final slash changes nothing. Letters count as they are written.""", defaultValue = "/", max = "512") String path,

        @Key(doc = "The methods that the route is for; HEAD goes with GET. Empty: every method.", max = "32")
        List<String> methods)
        implements Checked {

    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9_.-]*[a-z0-9])?|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");
    private static final Pattern DEFAULT_PORT = Pattern.compile(":(80|443)$");
    private static final Pattern PATH = Pattern.compile("(/[^/\\\\%;?#\\p{Cntrl}]+)*");
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]*");

    /** Writes each in its one form. */
    public RouteMatch {
        host = host == null
                ? null
                : DEFAULT_PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        methods = methods.contains("GET") && !methods.contains("HEAD") ? withHead(methods) : List.copyOf(methods);
    }

    private static List<String> withHead(List<String> methods) {
        List<String> all = new ArrayList<>(methods);
        all.add("HEAD");
        return List.copyOf(all);
    }

    /** Whether every request of the other one is one of this as well; both have hosts. */
    boolean covers(RouteMatch other) {
        return coversHost(String.valueOf(other.host))
                && (other.path.equals(path) || other.path.startsWith(path + "/"))
                && (methods.isEmpty() || (!other.methods.isEmpty() && methods.containsAll(other.methods)));
    }

    private boolean coversHost(String other) {
        String mine = String.valueOf(host);
        return mine.equals(other) || (withoutPort(mine).equals(mine) && mine.equals(withoutPort(other)));
    }

    static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    RouteMatch at(String named) {
        return new RouteMatch(named, path, methods);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                host == null || HOST.matcher(host).matches(),
                "host",
                "is no host with or without a port: write it like shop.example.org or shop.example.org:8443");
        rules.require(
                PATH.matcher(path).matches() && ("/" + path + "/").indexOf("/./") < 0 && !(path + "/").contains("/../"),
                "path",
                "is no plain path: write it like /shop, without percent signs, semicolons, dot segments and doubled slashes");
        rules.require(
                methods.stream().allMatch(one -> METHOD.matcher(one).matches()),
                "methods",
                "holds what is no method: write them in capitals, such as GET");
    }
}
