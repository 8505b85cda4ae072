package io.gatehouse.common.config;

import java.util.List;

/**
 * Requests that this server makes to URLs which others chose.
 *
 * @param allow private addresses that such URLs may lead to
 */
public record HttpClientConfig(@Key(doc = """
                        Private, loopback and link-local addresses that URLs of clients in bootstrap may lead to, as
                        addresses or CIDR blocks. Empty: public addresses only. Redirects are never
                        followed.""") List<Cidr> allow) {
    /** Copies its list. */
    public HttpClientConfig {
        allow = List.copyOf(allow);
    }
}
