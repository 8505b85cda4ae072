package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.bus.seal.Identity;
import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.bus.seal.Peer;
import io.gatehouse.common.config.ClusterTlsConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.deploy.certs.Authority;
import io.gatehouse.deploy.certs.NodeIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloCheckTest {
    private static final String NODE = "back1-0123456789ab";
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    private MemberTls member(String authority, String name, Role... roles) throws Exception {
        return member(authority, Clock.systemUTC(), name, roles);
    }

    private MemberTls member(String authority, Clock clock, String name, Role... roles) throws Exception {
        Path own = Authority.in(folder.resolve(authority), clock).issue(new NodeIdentity(name, Set.of(roles)));
        return MemberTls.read(
                VERTX,
                new ClusterTlsConfig(own.resolve("node.crt"), own.resolve("node.key"), own.resolve("ca.crt")),
                List.of(roles));
    }

    private static JsonObject hello(MemberTls member, String node) {
        return HelloCheck.write(member.identify(node, Instant.now()).hello());
    }

    private static void refuses(MemberTls looking, String node, JsonObject hello) {
        assertThatThrownBy(() -> looking.others(Clock.systemUTC()).check(node, hello))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aMemberIsWhoItsCertificateNames() throws Exception {
        MemberTls back = member("ca", "back1", Role.TOKEN, Role.STORE);
        MemberTls gateway = member("ca", "gw1", Role.GATEWAY);

        Peer peer = gateway.others(Clock.systemUTC()).check(NODE, hello(back, NODE));

        assertThat(peer.node()).isEqualTo(NODE);
        assertThat(peer.parts()).containsExactlyInAnyOrder(Part.TOKEN, Part.STORE);
        assertThat(peer.isExpired(Instant.now())).isFalse();
        assertThat(peer.isExpired(Instant.now().plus(Duration.ofDays(731)))).isTrue();
    }

    @Test
    void anApplicationHasNoPart() throws Exception {
        MemberTls orders = member("ca", "orders");
        assertThat(orders.others(Clock.systemUTC())
                        .check("orders-0123456789ab", hello(orders, "orders-0123456789ab"))
                        .parts())
                .isEmpty();
    }

    @Test
    void aForeignAuthorityCountsForNothing() throws Exception {
        refuses(member("ca", "gw1", Role.GATEWAY), NODE, hello(member("foreign", "back1", Role.STORE), NODE));
    }

    @Test
    void aCertificateCountsForItsTime() throws Exception {
        MemberTls back = member("ca", "back1", Role.STORE);
        JsonObject hello = hello(back, NODE);
        for (Duration off : List.of(Duration.ofDays(-2), Duration.ofDays(731))) {
            HelloCheck later = back.others(Clock.offset(Clock.systemUTC(), off));
            assertThatThrownBy(() -> later.check(NODE, hello)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    /** Nor by a name that begins with its own. */
    @Test
    void nobodySpeaksForAnotherNode() throws Exception {
        MemberTls gateway = member("ca", "gw1", Role.GATEWAY);
        JsonObject other = hello(gateway, NODE);
        refuses(gateway, NODE, other);
        refuses(gateway, "gw1-0123456789ab", other);
        String longer = "gw1-0123456789ab-0123456789ab";
        refuses(gateway, longer, hello(gateway, longer));
        refuses(gateway, "gw1", hello(gateway, "gw1"));
    }

    @Test
    void anotherKeyThanThatOfTheCertificateCountsForNothing() throws Exception {
        MemberTls back = member("ca", "back1", Role.STORE);
        JsonObject true1 = hello(back, NODE);
        JsonObject true2 = hello(back, NODE);
        refuses(back, NODE, true1.copy().put("signature", true2.getString("signature")));
        refuses(back, NODE, true1.copy().put("hello", true2.getString("hello")));
    }

    @Test
    void whatIsNoHelloIsRefused() throws Exception {
        MemberTls back = member("ca", "back1", Role.STORE);
        refuses(back, NODE, null);
        refuses(back, NODE, new JsonObject());
        refuses(back, NODE, new JsonObject().put("hello", 1).put("signature", true));
        refuses(back, NODE, new JsonObject().put("hello", "AAAA").put("signature", "AAAA"));
    }

    @Test
    void everyChangedByteIsNoticed() throws Exception {
        MemberTls back = member("ca", "back1", Role.STORE);
        JsonObject hello = hello(back, NODE);
        byte[] bytes = Base64.getUrlDecoder().decode(hello.getString("hello"));
        for (int i = 0; i < bytes.length; i += 7) {
            byte[] changed = bytes.clone();
            changed[i] ^= 4;
            refuses(back, NODE, hello.copy().put("hello", Bytes.owned(changed).base64Url()));
        }
    }

    @Test
    void theKeysAreNewEachTime() throws Exception {
        MemberTls back = member("ca", "back1", Role.STORE);
        Identity one = back.identify(NODE, Instant.now());
        Identity other = back.identify(NODE, Instant.now());
        assertThat(one.hello().read().agreement())
                .isNotEqualTo(other.hello().read().agreement());
        assertThat(one.hello().read().signing())
                .isNotEqualTo(other.hello().read().signing());
    }
}
