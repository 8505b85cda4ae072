package io.gatehouse.gateway.page;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser with cookies by host, in front of services whose proxy asks Gatehouse. It follows no redirect by itself. */
final class ServiceBrowser {
    static final String HOP = "hop-secret-0123456789abcdef0123456789";
    private static final String ISSUER = URI.create(TestNode.ISSUER).getHost();

    final Map<String, Map<String, String>> jars = new HashMap<>();
    private final TestGateway gateway;

    ServiceBrowser(TestGateway gateway) {
        this.gateway = gateway;
    }

    /** Opens a page of a service, as Caddy asks about it. */
    RawReply visit(String host, String target, String... headers) {
        return ask("caddy", "X-Forwarded-", "GET", host, target, with(headers, "Accept: text/html,*/*;q=0.8"));
    }

    /** As nginx asks about it. */
    RawReply visitBehindNginx(String host, String target, String... headers) {
        return ask("nginx", "X-Original-", "GET", host, target, with(headers, "Accept: text/html"));
    }

    /** Anything else that a page of a service does. */
    RawReply send(String method, String host, String target, String... headers) {
        return ask("caddy", "X-Forwarded-", method, host, target, headers);
    }

    private RawReply ask(String product, String prefix, String method, String host, String target, String... headers) {
        List<String> lines = new ArrayList<>(List.of(
                "X-Gatehouse-Hop: " + HOP,
                prefix + "Method: " + method,
                prefix + "Host: " + host,
                prefix + "Uri: " + target));
        lines.addAll(List.of(headers));
        return kept(
                host,
                gateway.exchangeAt(
                        "gatehouse.internal", "GET", "/forward-auth/" + product, null, sending(host, lines)));
    }

    /** A page of ours, at the issuer's host or at a service's. */
    RawReply open(String url) {
        URI uri = URI.create(url);
        String host = uri.getRawAuthority() == null ? ISSUER : uri.getRawAuthority();
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return kept(host, gateway.exchangeAt(host, "GET", target, null, sending(host, List.of("Accept: text/html"))));
    }

    RawReply follow(RawReply redirect) {
        return open(redirect.header("location"));
    }

    /** At the issuer's host. */
    RawReply post(String path, String form) {
        List<String> headers = List.of("Content-Type: application/x-www-form-urlencoded");
        return kept(ISSUER, gateway.exchangeAt(ISSUER, "POST", path, form, sending(ISSUER, headers)));
    }

    Map<String, String> jar(String host) {
        return jars.computeIfAbsent(host, fresh -> new LinkedHashMap<>());
    }

    private String[] sending(String host, List<String> headers) {
        String cookies = jar(host).entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ", "Cookie: ", ""));
        return jar(host).isEmpty() ? headers.toArray(String[]::new) : with(headers.toArray(String[]::new), cookies);
    }

    private static String[] with(String[] headers, String one) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(one);
        return all.toArray(String[]::new);
    }

    private RawReply kept(String host, RawReply reply) {
        for (String line : reply.headers().getOrDefault("set-cookie", List.of())) {
            String name = line.substring(0, line.indexOf('='));
            if (line.contains("Max-Age=0")) {
                jar(host).remove(name);
            } else {
                jar(host).put(name, line.substring(line.indexOf('=') + 1, line.indexOf(';')));
            }
        }
        return reply;
    }
}
