package io.gatehouse.gateway.proxy;

import java.util.List;

/** What clients say of themselves, and of their requests, to get round what a route demands. */
public final class Pretences {
    private Pretences() {}

    /** Targets that lie behind a door, whatever their queries say: {@code /open} is an open one. */
    public static List<String> targets() {
        return List.of(
                "/cart?/open",
                "/cart?path=/open",
                "/cart?x=/open/logo.svg",
                "/cart?.css",
                "/cart?/.gatehouse/logout",
                "/cart?access_token=x",
                "/?/open/",
                "/cart#/open");
    }

    public static List<String> userAgents() {
        return List.of("GoogleHC/1.0", "kube-probe/1.30", "ELB-HealthChecker/2.0", "Mozilla/5.0");
    }

    /** Header lines, each of which tells of another request, or of who sent it. */
    public static List<String> headers() {
        return List.of(
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-Host: login.example.org",
                "X-Forwarded-Uri: /open",
                "X-Forwarded-Path: /open",
                "X-Forwarded-Prefix: /open",
                "X-Forwarded-Method: OPTIONS",
                "X-Original-URI: /open",
                "X-Original-URL: /open",
                "X-Original-Method: OPTIONS",
                "X-Original-Host: login.example.org",
                "X-Rewrite-URL: /open",
                "X-HTTP-Method-Override: OPTIONS",
                "X-Real-IP: 127.0.0.1",
                "Forwarded: for=127.0.0.1;host=login.example.org",
                "X-Gatehouse-Subject: root");
    }
}
