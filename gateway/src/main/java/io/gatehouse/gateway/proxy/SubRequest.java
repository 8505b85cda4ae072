package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Reply;
import java.util.List;
import java.util.Locale;

/** The forms in which proxies tell of a request that they got. Which one counts says the path, never what headers there are. */
enum SubRequest {
    /** As Traefik and Caddy tell it. */
    FORWARDED {
        @Override
        OriginalRequest read(Exchange exchange) {
            return byHeaders(exchange, "X-Forwarded-");
        }

        @Override
        String scheme() {
            return "X-Forwarded-Proto";
        }
    },
    /** As nginx and HAProxy are told to tell it. */
    ORIGINAL {
        @Override
        OriginalRequest read(Exchange exchange) {
            return byHeaders(exchange, "X-Original-");
        }

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

        @Override
        String scheme() {
            return "X-Original-Proto";
        }
    },
    /** As Envoy tells it: by the request itself, whose path stands behind a prefix. */
    PREFIXED {
        @Override
        OriginalRequest read(Exchange exchange) {
            String target = exchange.target();
            if (!target.startsWith(ForwardAuthEndpoint.ENVOY + "/")) {
                throw Refused.because("the sub-request's target does not begin with " + ForwardAuthEndpoint.ENVOY);
            }
            return OriginalRequest.read(
                    exchange.method().name(), exchange.host(), target.substring(ForwardAuthEndpoint.ENVOY.length()));
        }

        @Override
        String scheme() {
            return "X-Forwarded-Proto";
        }
    };

    private static final int FOUND = 302;
    private static final int TOO_MANY = 429;

    /**
     * @throws io.gatehouse.common.error.OAuthFailure access_denied, where the request is not told, or could be read in more
     *     than one way
     */
    abstract OriginalRequest read(Exchange exchange);

    /** The answer as the proxy understands it. */
    Reply told(Reply reply) {
        return reply;
    }

    /** The header that says by which scheme. */
    abstract String scheme();

    Visit visit(Exchange exchange) {
        List<String> told = exchange.headers(scheme());
        if (told.size() > 1) {
            throw Refused.because("the sub-request has the header " + scheme() + " twice: let the proxy set it");
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

    private static OriginalRequest byHeaders(Exchange exchange, String prefix) {
        return OriginalRequest.read(
                only(exchange, prefix + "Method"), only(exchange, prefix + "Host"), only(exchange, prefix + "Uri"));
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
