package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Promise;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What a token costs on its event loop, in CPU time, and where: run {@link #main} for the figures. Nothing asserts
 * them. The second column is the whole process: it shows what an asynchronous appender costs its own thread.
 */
final class IssueCost {
    private static final int ROUNDS = 5;
    private static final int COUNT = 10_000;

    private IssueCost() {}

    public static void main(String[] args) {
        try (TokenNode node = TokenNode.usual()) {
            parts(node);
            Promise<Object> done = Promise.promise();
            node.vertx.runOnContext(here -> whole(node, node.bus, done));
            TokenNode.await(done.future());
        }
    }

    private static void parts(TokenNode node) {
        Issuer.Issue byClient = node.request(new Samples().client(), Samples.SECRET, "api");
        Issuer.Issue byTicket = node.request(new Samples().ticket(), "api");
        AuditLog audit = new AuditLog();
        Authorities authorities = new Authorities(node.attestor, audit);
        Entitlement client = authorities.check(byClient, TokenNode.NOW);
        Entitlement subject = authorities.check(byTicket, TokenNode.NOW);
        TokenPolicy policy = TokenPolicy.of(ConfigLoader.parse(TokenNode.CONFIG));
        AccessToken token = AccessToken.of(policy, client, byClient.scope(), TokenNode.NOW);
        byte[] claims = token.claims(policy, client, null);
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            SigningKey key = SigningKey.of(algorithm, KeyMint.mint(algorithm));
            int count = algorithm.isSlow() ? COUNT / 20 : COUNT;
            measure(algorithm.jwsName() + " signature", count, () -> key.sign(claims));
        }
        SigningKey es256 = SigningKey.of(SigningAlgorithm.ES256, KeyMint.mint(SigningAlgorithm.ES256));
        JwsSigner signer = new JwsSigner(new WorkerLane(node.vertx));
        measure("compact JWS, ES256", COUNT, () -> signer.sign(es256, es256.header(TokenType.ACCESS_TOKEN), claims));
        measure("authority: client statement", COUNT, () -> authorities.check(byClient, TokenNode.NOW));
        measure("authority: ticket", COUNT, () -> authorities.check(byTicket, TokenNode.NOW));
        measure("random jti", COUNT, () -> Entropy.bytes(16).base64Url());
        measure("compose, client", COUNT, () -> AccessToken.of(policy, client, byClient.scope(), TokenNode.NOW));
        measure("compose, subject", COUNT, () -> AccessToken.of(policy, subject, byTicket.scope(), TokenNode.NOW));
        measure("claims, client", COUNT, () -> token.claims(policy, client, null));
        measure("claims, subject", COUNT, () -> token.claims(policy, subject, null));
        measure("audit line", COUNT, () -> {
            audit.issued(client, token, es256);
            return true;
        });
    }

    private static void whole(TokenNode node, Bus bus, Promise<Object> done) {
        KeyRing ring = node.role.ring(bus);
        ring.signingKey("main", SigningAlgorithm.ES256)
                .onSuccess(ready -> {
                    TokenIssuer issuer = new LoopParts(
                                    TokenPolicy.of(ConfigLoader.parse(TokenNode.CONFIG)),
                                    new TrustedIssuers(List.of()),
                                    AppSamples.MASTER_KEYS,
                                    node.attestor,
                                    new WorkerLane(node.vertx),
                                    Clock.fixed(TokenNode.NOW, ZoneOffset.UTC),
                                    ring)
                            .issuer();
                    Issuer.Issue byClient = node.request(new Samples().client(), Samples.SECRET, "api");
                    Issuer.Issue byTicket = node.request(new Samples().ticket(), "api");
                    measure("Issue by client secret, whole", COUNT / 3, () -> issuer.issue(byClient));
                    measure("Issue by ticket, whole", COUNT / 3, () -> issuer.issue(byTicket));
                })
                .<Object>mapEmpty()
                .onComplete(done);
    }

    private static void measure(String what, int count, Callable<?> work) {
        var threads = ManagementFactory.getThreadMXBean();
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double best = Double.MAX_VALUE;
        double bestOfProcess = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            long processStart = process.getProcessCpuTime();
            for (int i = 0; i < count; i++) {
                try {
                    work.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / 1e3 / count);
            bestOfProcess = Math.min(bestOfProcess, (process.getProcessCpuTime() - processStart) / 1e3 / count);
        }
        System.out.printf("%-32s %8.2f us %8.2f us%n", what, best, bestOfProcess);
    }
}
