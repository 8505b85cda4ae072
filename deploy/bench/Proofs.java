import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.IntStream;

/** DPoP proofs (RFC 9449) of one key for POST requests to one URL, a line each. Arguments: the URL, how many. */
public final class Proofs {
    private Proofs() {}

    public static void main(String[] arguments) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        ECPublicKey point = (ECPublicKey) key.getPublic();
        String header = base64url("""
                {"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"%s","y":"%s"}}"""
                .formatted(
                        coordinate(point.getW().getAffineX().toByteArray()),
                        coordinate(point.getW().getAffineY().toByteArray()))
                .getBytes(StandardCharsets.US_ASCII));
        try (PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII)) {
            IntStream.range(0, Integer.parseInt(arguments[1]))
                    .parallel()
                    .mapToObj(i -> proof(key, header, arguments[0]))
                    .forEach(out::println);
        }
    }

    private static String proof(KeyPair key, String header, String url) {
        String claims = """
                {"jti":"%s","htm":"POST","htu":"%s","iat":%d}"""
                .formatted(UUID.randomUUID(), url, Instant.now().getEpochSecond());
        String input = header + "." + base64url(claims.getBytes(StandardCharsets.US_ASCII));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + base64url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String coordinate(byte[] signed) {
        byte[] fixed = new byte[32];
        int length = Math.min(signed.length, 32);
        System.arraycopy(signed, signed.length - length, fixed, 32 - length, length);
        return base64url(fixed);
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
