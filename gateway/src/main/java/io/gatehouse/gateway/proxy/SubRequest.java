package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The forms in which proxies tell of a request that they got. Which one counts says the path, never what headers there are. */
public enum SubRequest {
    /** As Traefik and Caddy tell it. */
    FORWARDED("X-Forwarded-"),
    /** As nginx and HAProxy are told to tell it. */
    ORIGINAL("X-Original-") {
        /**
         * nginx would make an error of its own of any other status: it makes the redirect itself, and Retry-After tells the 403
         * of too many requests from others.
         */
        @Override
        Reply told(Reply reply) {
            return switch (reply.status()) {
                case FOUND -> new Reply(401, reply.headers(), reply.body());
                case TOO_MANY -> new Reply(403, reply.headers(), reply.body());
                default -> reply;
            };
        }
    },
    /** As Envoy tells it: by the request itself, whose path stands behind a prefix. Of its scheme only a header speaks. */
    PREFIXED("X-Forwarded-") {
        @Override
        OriginalRequest read(Exchange exchange) {
            String target = exchange.target();
            if (!target.startsWith(BEHIND + "/")) {
                throw Refused.because("the sub-request's target does not begin with " + BEHIND);
            }
            return OriginalRequest.read(exchange.method().name(), exchange.host(), target.substring(BEHIND.length()));
        }
    };

    static final String PATH = "/forward-auth";
    /** What stands before the path of a {@link #PREFIXED} request. */
    public static final String BEHIND = PATH + "/envoy";

    private static final int FOUND = 302;
    private static final int TOO_MANY = 429;

    private final String prefix;

    SubRequest(String prefix) {
        this.prefix = prefix;
    }

    /** The form that a path stands for; null: it is no sub-request's. */
    public static @Nullable SubRequest at(String path) {
        if (path.startsWith(BEHIND + "/")) {
            return PREFIXED;
        }
        return Arrays.stream(values())
                .filter(form -> form.paths().anyMatch(path::equals))
                .findFirst()
                .orElse(null);
    }

    /** Where it is told, to the letter; none of {@link #PREFIXED}. */
    Stream<String> paths() {
        Stream<String> proxies = switch (this) {
            case FORWARDED -> Stream.of("", "/traefik", "/caddy");
            case ORIGINAL -> Stream.of("/nginx", "/haproxy");
            case PREFIXED -> Stream.empty();
        };
        return proxies.map(proxy -> PATH + proxy);
    }

    /** How the names begin of the headers that tell of the request: behind it stand Method, Host, Uri and Proto. */
    public String prefix() {
        return prefix;
    }

    /**
     * @throws io.gatehouse.common.error.OAuthFailure access_denied, where the request is not told, or could be read in more
     *     than one way
     */
    OriginalRequest read(Exchange exchange) {
        return OriginalRequest.read(
                only(exchange, prefix + "Method"), only(exchange, prefix + "Host"), only(exchange, prefix + "Uri"));
    }

    /** The answer as the proxy understands it. */
    Reply told(Reply reply) {
        return reply;
    }

    Visit visit(Exchange exchange) {
        String scheme = prefix + "Proto";
        List<String> told = exchange.headers(scheme);
        if (told.size() > 1) {
            throw Refused.because("the sub-request has the header " + scheme + " twice: let the proxy set it");
        }
        return new Visit(read(exchange), exchange, false, told.isEmpty() ? null : plain(told.getFirst()));
    }

    /** Traefik says ws and wss where another protocol is asked for. */
    private static String plain(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "ws" -> "http";
            case "wss" -> "https";
            default -> scheme.toLowerCase(Locale.ROOT);
        };
    }

    /** Of two, one may be the client's. */
    private static String only(Exchange exchange, String header) {
        List<String> lines = exchange.headers(header);
        if (lines.size() != 1) {
            throw Refused.because("the sub-request needs the header " + header + " once: let the proxy set it");
        }
        return lines.getFirst();
    }
}
