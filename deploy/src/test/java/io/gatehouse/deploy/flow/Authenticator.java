package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app (RFC 6238) that shows each code once: the one behind it may be shown a step ahead of its time. */
public final class Authenticator {
    private static final Pattern URI =
            Pattern.compile("otpauth://totp/[^\"?]+\\?secret=([A-Z2-7]{32})(?:&|&amp;)issuer=");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final long STEP_MILLIS = 30_000;

    private final byte[] secret;
    private long last;

    private Authenticator(byte[] secret) {
        this.secret = secret;
    }

    /** By the link on a page. */
    public static Authenticator of(String html) {
        Matcher uri = URI.matcher(html);
        assertThat(uri.find()).as("a link for the app").isTrue();
        ByteBuffer secret = ByteBuffer.allocate(20);
        long buffer = 0;
        int bits = 0;
        for (char c : uri.group(1).toCharArray()) {
            buffer = (buffer << 5 | ALPHABET.indexOf(c)) & 0xFFFF;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                secret.put((byte) (buffer >> bits));
            }
        }
        return new Authenticator(secret.array());
    }

    /** One that was not shown before, as soon as it counts. */
    public String next() {
        long now = System.currentTimeMillis() / STEP_MILLIS;
        last = Math.max(last + 1, now);
        while (System.currentTimeMillis() / STEP_MILLIS + 1 < last) {
            pause();
        }
        return code(last);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Six digits that are none of the codes of these minutes. */
    public String wrong() {
        long now = System.currentTimeMillis() / STEP_MILLIS;
        for (int guess = 0; ; guess++) {
            String code = "%06d".formatted(guess);
            boolean isRight = false;
            for (long step = now - 5; step <= now + 5; step++) {
                isRight |= code(step).equals(code);
            }
            if (!isRight) {
                return code;
            }
        }
    }

    private String code(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
