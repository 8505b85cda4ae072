package io.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.ConfigLoader;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private static final RouteTable TABLE =
            RouteTable.of(ConfigLoader.parse("""
                    issuer: https://login.example.org
                    routes:
                      - {id: port, match: {host: "a:8443"}, demand: bearer}
                      - {id: admin, match: {host: a, path: /shop/admin/}, demand: bearer}
                      - {id: read, match: {host: a, path: /shop, methods: [GET]}, demand: public}
                      - {id: write, match: {host: a, path: /shop}, demand: bearer}
                      - {id: cafe, match: {host: b, path: /café}, demand: bearer}
                      - {id: own, match: {path: /app}, same_origin: true, demand: bearer}
                    """).routes(), URI.create("https://login.example.org"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET, a, /shop, read",
                "HEAD, a, /shop, read",
                "GET, A:443, /shop/cart?x=/shop/admin, read",
                "POST, a, /shop/cart, write",
                "PROPFIND, a, /shop/cart, write",
                "GET, a, /shop/admin, admin",
                "GET, a, /shop/admin/, admin",
                "GET, a, /shop/adm%69n/users, admin",
                "DELETE, a, /shop/admin/users, admin",
                "GET, a, /shop/admins, read",
                "GET, a, /shop/Admin, read",
                "GET, a, /shopping, -",
                "GET, a, /, -",
                "GET, a:8443, /shop, port",
                "GET, a:8444, /shop, read",
                "GET, a:8444, /other, -",
                "GET, b, /caf%C3%A9/x, cafe",
                "GET, b, /cafe, -",
                "GET, login.example.org, /app/x, own",
                "GET, login.example.org:443, /app, own",
                "GET, login.example.org:8443, /app, -",
                "GET, sub.a, /shop, -",
            })
    void theFirstThatMatchesCounts(String method, String host, String target, String id) {
        Route found = TABLE.find(OriginalRequest.read(method, host, target));
        assertThat(found == null ? null : found.id()).isEqualTo(id);
    }
}
