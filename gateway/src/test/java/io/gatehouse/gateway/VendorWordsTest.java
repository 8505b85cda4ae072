package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a vendor calls a thing stands beside its API and nowhere else, comments included. */
class VendorWordsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/gatehouse/gateway");
    /** A tenant has an apikey and is found by it, whatever that is to a vendor. */
    private static final Pattern WORDS = Pattern.compile(
            "(?i)babel|loginradius|geolens|\\.do\\b|(?<!by|tenant\\.)apikey|apisecret|\"/auth/|\"/sso/|\"/identity/");

    @Test
    void noSourceOutsideOfCompatNamesAVendor() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("compat")))
                    // the table of contents and its settings: they name each API once
                    .filter(file -> !file.endsWith("GatewayVerticle.java") && !file.endsWith("Endpoints.java"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(40);
            assertThat(sources.stream().flatMap(VendorWordsTest::findings)).isEmpty();
        }
    }

    private static Stream<String> findings(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> WORDS.matcher(line).find())
                    .map(line -> file.getFileName() + ": " + line.trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
