package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The style sheet's own colours, light and dark, as far apart as WCAG 2.1 (1.4.3 and 1.4.11) wants them. */
class ContrastTest {
    private static final Path SHEET = Path.of("src/main/resources/io/gatehouse/gateway/page/style.css");
    private static final Pattern VARIABLE = Pattern.compile("--([a-z-]+): (?:var\\(--[a-z-]+, )?#([0-9a-f]{6})\\)?;");

    private static Map<String, Integer> colors(boolean dark) throws IOException {
        String css = Files.readString(SHEET);
        int end = css.indexOf("* { box-sizing");
        Map<String, Integer> colors = new HashMap<>();
        String read = css.substring(0, dark ? end : css.indexOf("@media"));
        VARIABLE.matcher(read)
                .results()
                .forEach(found -> colors.put(found.group(1), Integer.parseInt(found.group(2), 16)));
        return colors;
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static double contrast(int one, int other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    @ParameterizedTest
    @CsvSource({
        "ink, paper, 7",
        "ink, ground, 7",
        "soft, paper, 4.5",
        "soft, ground, 4.5",
        "on-brand, brand, 4.5",
        "alarm, paper, 4.5",
        "alarm, alarm-ground, 4.5",
        "note, note-ground, 4.5",
        "done, done-ground, 4.5",
        "edge, paper, 3",
        "edge, ground, 3",
        "brand, paper, 3"
    })
    void whatIsReadStandsOut(String text, String behind, double least) throws IOException {
        for (boolean dark : new boolean[] {false, true}) {
            Map<String, Integer> colors = colors(dark);
            assertThat(contrast(colors.get(text), colors.get(behind)))
                    .as(text + " on " + behind + (dark ? ", dark" : ", light"))
                    .isGreaterThanOrEqualTo(least);
        }
    }

    @Test
    void theSheetIsSmallAndLoadsNothing() throws IOException {
        String css = Files.readString(SHEET);

        assertThat(css.length()).isLessThan(8_000);
        assertThat(css).doesNotContain("url(", "@import", "http");
        assertThat(colors(true).get("paper")).isNotEqualTo(colors(false).get("paper"));
    }
}
