import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What it costs to verify an ES256 signature and nothing else, by the provider that a node verifies by: microseconds of CPU, with
 * all processors at it, as they are while a server is measured. Arguments: a file of a key set, a file of its tokens, seconds.
 */
public final class Verifications {
    private Verifications() {}

    public static void main(String[] arguments) throws Exception {
        Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
        PublicKey key = key(new JsonObject(Files.readString(Path.of(arguments[0]))).getJsonArray("keys"));
        List<String> tokens = Files.readAllLines(Path.of(arguments[1]));
        long nanos = Long.parseLong(arguments[2]) * 1_000_000_000;
        cost(key, tokens, nanos / 2);
        double each = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .mapToDouble(processor -> cost(key, tokens, nanos))
                .average()
                .orElseThrow();
        System.out.printf("%.1f%n", each);
    }

    private static PublicKey key(JsonArray keys) throws GeneralSecurityException {
        JsonObject jwk = keys.stream()
                .map(JsonObject.class::cast)
                .filter(one -> "ES256".equals(one.getString("alg")))
                .findFirst()
                .orElseThrow();
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(number(jwk.getString("x")), number(jwk.getString("y")));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(String text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text));
    }

    private static double cost(PublicKey key, List<String> tokens, long nanos) {
        var threads = ManagementFactory.getThreadMXBean();
        long end = System.nanoTime() + nanos;
        long begun = threads.getCurrentThreadCpuTime();
        int done = 0;
        while (System.nanoTime() < end) {
            verify(key, tokens.get(done++ % tokens.size()));
        }
        return (threads.getCurrentThreadCpuTime() - begun) / 1e3 / done;
    }

    private static void verify(PublicKey key, String token) {
        int dot = token.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(key);
            signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)))) {
                throw new IllegalStateException("a token of another key");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
