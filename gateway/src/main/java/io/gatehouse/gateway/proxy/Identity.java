package io.gatehouse.gateway.proxy;

import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.gateway.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who an upstream is told that a request comes from. A client's own id may look like a user's subject: only the type tells
 * them apart.
 */
public final class Identity {
    /** Nobody was asked. */
    static final Identity NOBODY = new Identity("", "", "", "", "");

    /** Visible ASCII. */
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7E]+");

    private static final String ASSERTION = "X-Gatehouse-Assertion";
    private static final String HEX = "0123456789ABCDEF";

    private final Map<String, String> headers = new LinkedHashMap<>();

    private Identity(String subject, String subjectType, String client, String scope, String roles) {
        headers.put("X-Gatehouse-Subject", subject);
        headers.put("X-Gatehouse-Subject-Type", subjectType);
        headers.put("X-Gatehouse-Client", client);
        headers.put("X-Gatehouse-Scope", scope);
        headers.put("X-Gatehouse-Roles", roles);
        headers.put(ASSERTION, "");
    }

    private Identity(Map<String, String> others, String assertion) {
        headers.putAll(others);
        headers.put(ASSERTION, assertion);
    }

    /** @throws io.gatehouse.common.error.OAuthFailure access_denied, where a name does not fit a header */
    static Identity of(AccessToken token) {
        return new Identity(
                plain(token.subject()),
                token.actsForUser() ? "user" : "client",
                plain(token.clientId()),
                String.join(" ", token.scope().values()),
                roles(token.roles()));
    }

    /**
     * A user who is logged in with a browser: no client acts for it.
     *
     * @throws io.gatehouse.common.error.OAuthFailure access_denied, where the subject does not fit a header
     */
    static Identity ofUser(String subject, List<String> roles) {
        return new Identity(plain(subject), "user", "", "", roles(roles));
    }

    /** The same, signed for one upstream. */
    Identity assertedBy(String assertion) {
        return new Identity(headers, assertion);
    }

    String subject() {
        return header("X-Gatehouse-Subject");
    }

    String subjectType() {
        return header("X-Gatehouse-Subject-Type");
    }

    String client() {
        return header("X-Gatehouse-Client");
    }

    private String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** All of them, also those without a value: a proxy overwrites by them what the client wrote. */
    Reply tell(Reply reply) {
        List<Reply.Header> told = new ArrayList<>(headers.size());
        headers.forEach((name, value) -> told.add(new Reply.Header(name, value)));
        return reply.with(told);
    }

    /** By name, all of them, also those without a value. */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    private static String plain(String name) {
        if (!PLAIN.matcher(name).matches()) {
            throw Refused.because("the token is of a subject or a client whose name no header can hold");
        }
        return name;
    }

    private static String roles(List<String> roles) {
        return roles.stream().map(Identity::encoded).collect(Collectors.joining(","));
    }

    /** A role with a comma in it must not be read as two. */
    private static String encoded(String role) {
        StringBuilder text = new StringBuilder();
        for (byte octet : role.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7F && octet != ',' && octet != '%') {
                text.append((char) octet);
            } else {
                text.append('%').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
            }
        }
        return text.toString();
    }
}
