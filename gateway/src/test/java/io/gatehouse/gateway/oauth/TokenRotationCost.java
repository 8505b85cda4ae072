package io.gatehouse.gateway.oauth;

import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What verifying an access token costs, in CPU time: by its signature alone, one of more than are remembered, and one that
 * is. Run {@link #main} for the figures, with as many tokens as the first argument says; nothing asserts them.
 */
final class TokenRotationCost {
    private static final int ROUNDS = 3;
    /** One of these may be on the class path: it is what a running node verifies by. */
    private static final String QUICK = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private TokenRotationCost() {}

    public static void main(String[] args) throws Exception {
        String[] tokens = tokens(args.length == 0 ? 100_000 : Integer.parseInt(args[0]));
        quicken();
        try (TestNode node = new TestNode()) {
            node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
            Knowledge knowledge = node.knowledge();
            TokenInspector inspector = node.protocol(knowledge).inspector();
            TestNode.await(inspector.inspect("main", tokens[0]));
            PublicKey key = Tokens.KEY.toECPublicKey();
            String[] same = new String[tokens.length];
            Arrays.fill(same, tokens[0]);
            for (int round = 0; round < ROUNDS; round++) {
                measure("signature alone", tokens, token -> verify(key, token));
                measure("in rotation", tokens, token -> check(inspector.inspect("main", token)));
                measure("remembered", same, token -> check(inspector.inspect("main", token)));
            }
            System.out.println("remembered at the end: " + knowledge.seen().estimatedSize());
        }
    }

    private static void quicken() {
        try {
            Security.insertProviderAt(
                    (Provider) Class.forName(QUICK).getDeclaredConstructor().newInstance(), 1);
        } catch (ReflectiveOperationException none) {
            System.out.println("without " + QUICK);
        }
    }

    private static String[] tokens(int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    Map<String, Object> claims = Tokens.claims();
                    claims.put("jti", "jti-" + i);
                    return Tokens.signed(claims);
                })
                .toArray(String[]::new);
    }

    private static void verify(PublicKey key, String token) {
        try {
            int dot = token.lastIndexOf('.');
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(key);
            signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)))) {
                throw new AssertionError("a wrong signature");
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(Future<AccessToken> inspected) {
        if (!inspected.succeeded()) {
            throw new AssertionError("not verified at once", inspected.cause());
        }
    }

    private static void measure(String what, String[] tokens, Consumer<String> work) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (String token : tokens) {
            work.accept(token);
        }
        double each = (threads.getCurrentThreadCpuTime() - start) / 1e3 / tokens.length;
        System.out.printf("%-18s %8.2f us%n", what, each);
    }
}
