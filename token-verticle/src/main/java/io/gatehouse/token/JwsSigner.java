package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Base64;

/** Makes compact JWS (RFC 7515, section 7.1): at once where the algorithm is quick, on worker threads where not. */
final class JwsSigner {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final WorkerLane workers;

    JwsSigner(WorkerLane workers) {
        this.workers = workers;
    }

    /**
     * @param header encoded, with the dot behind it
     * @param claims JSON, in UTF-8
     */
    Future<Secret> sign(JwsKey key, byte[] header, byte[] claims) {
        return key.isSlow()
                ? workers.run(() -> jws(key, header, claims))
                : Future.succeededFuture(jws(key, header, claims));
    }

    private static Secret jws(JwsKey key, byte[] header, byte[] claims) {
        byte[] input = joined(header, BASE64URL.encode(claims));
        byte[] signature = BASE64URL.encode(key.sign(input));
        byte[] jws = Arrays.copyOf(input, input.length + 1 + signature.length);
        jws[input.length] = '.';
        System.arraycopy(signature, 0, jws, input.length + 1, signature.length);
        return new Secret(Bytes.owned(jws));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
