package io.gatehouse.deploy.cluster;

import io.gatehouse.common.bus.seal.Hello;
import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.bus.seal.Peer;
import io.gatehouse.common.bus.seal.SignedHello;
import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.deploy.certs.NodeIdentity;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a member is who it says: its hello is signed by the key of a certificate of the cluster's authority, which names it. The hello
 * stands in the cluster's memory, where any member may write.
 */
final class HelloCheck {
    private static final String HELLO = "hello";
    private static final String SIGNATURE = "signature";
    /** Behind the name, as {@link Membership} writes it. */
    private static final Pattern RANDOM = Pattern.compile("-[0-9a-f]{12}");

    private final List<X509Certificate> authorities;
    private final Clock clock;

    HelloCheck(List<X509Certificate> authorities, Clock clock) {
        this.authorities = List.copyOf(authorities);
        this.clock = clock;
    }

    /** For the cluster's memory. */
    static JsonObject write(SignedHello hello) {
        return new JsonObject()
                .put(HELLO, hello.hello().base64Url())
                .put(SIGNATURE, hello.signature().base64Url());
    }

    /**
     * Takes a millisecond or two.
     *
     * @param node its id in the cluster
     * @param metadata that stands there; null: none
     * @throws GeneralSecurityException where it is not right
     */
    Peer check(String node, @Nullable JsonObject metadata) throws GeneralSecurityException {
        try {
            return checkRead(node, read(metadata));
        } catch (MalformedRecord | ClassCastException malformed) {
            throw new GeneralSecurityException("no hello", malformed);
        }
    }

    private static SignedHello read(@Nullable JsonObject metadata) throws GeneralSecurityException {
        Bytes hello = metadata == null ? null : Base64Url.decode(metadata.getString(HELLO, ""));
        Bytes signature = metadata == null ? null : Base64Url.decode(metadata.getString(SIGNATURE, ""));
        if (hello == null || signature == null) {
            throw new GeneralSecurityException("no hello");
        }
        return new SignedHello(hello, signature);
    }

    private Peer checkRead(String node, SignedHello signed) throws GeneralSecurityException {
        Hello hello = signed.read();
        Chain chain = Chain.read(hello.chain());
        chain.check(authorities, clock.instant());
        boolean named = node.startsWith(chain.name())
                && RANDOM.matcher(node.substring(chain.name().length())).matches();
        if (!named || !hello.node().equals(node)) {
            throw new GeneralSecurityException("another node's hello");
        }
        if (!signed.isSignedBy(chain.own().getPublicKey())) {
            throw new GeneralSecurityException("not signed with the key of its certificate");
        }
        return Peer.of(signed, parts(chain.own()), chain.notAfter());
    }

    private static Set<Part> parts(X509Certificate certificate) {
        return NodeIdentity.roles(certificate).stream()
                .map(role -> Part.valueOf(role.name()))
                .collect(Collectors.toSet());
    }
}
