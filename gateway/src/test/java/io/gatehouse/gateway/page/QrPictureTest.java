package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrPictureTest {
    private static final String URI = SecretKey.of(
                    "login.example.org", "ada lovelace", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
            .uri();
    private static final Pattern STEP = Pattern.compile("(M|m)(\\d+) (\\d+)(?:\\.5)?h(\\d+)");

    @Test
    void linesCoverTheBlackModulesAndNoOthers() {
        QrCode code = QrCode.encodeText(URI, QrCode.Ecc.LOW);
        QrPicture picture = QrPicture.of(URI);
        assertThat(picture.size()).isEqualTo(code.size + 8);
        boolean[][] drawn = drawn(picture);
        for (int y = 0; y < picture.size(); y++) {
            for (int x = 0; x < picture.size(); x++) {
                assertThat(drawn[y][x]).as("%d,%d", x, y).isEqualTo(code.getModule(x - 4, y - 4));
            }
        }
    }

    private static boolean[][] drawn(QrPicture picture) {
        boolean[][] drawn = new boolean[picture.size()][picture.size()];
        int x = 0;
        int y = 0;
        int read = 0;
        for (MatchResult step : STEP.matcher(picture.path()).results().toList()) {
            assertThat(step.start()).isEqualTo(read);
            read = step.end();
            boolean isAbsolute = step.group(1).equals("M");
            x = Integer.parseInt(step.group(2)) + (isAbsolute ? 0 : x);
            y = Integer.parseInt(step.group(3)) + (isAbsolute ? 0 : y);
            for (int i = Integer.parseInt(step.group(4)); i > 0; i--) {
                drawn[y][x++] = true;
            }
        }
        assertThat(read).isEqualTo(picture.path().length());
        return drawn;
    }

    @Test
    void theKeyIsInTheFormThatAppsRead() {
        assertThat(URI)
                .isEqualTo("otpauth://totp/login.example.org:ada%20lovelace?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
                        + "&issuer=login.example.org");
        assertThat(SecretKey.of("a", "b", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").text())
                .isEqualTo("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
    }
}
