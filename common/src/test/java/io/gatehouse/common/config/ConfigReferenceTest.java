package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path FILE = Path.of("../deploy/config.reference.yaml");
    private static final String UPDATE =
            "mvn -pl common test -Dtest=ConfigReferenceTest -Dgatehouse.reference.write=true";

    @Test
    void fileSaysWhatTheRecordsSay() throws IOException {
        String reference = ConfigReference.render();
        if (Boolean.getBoolean("gatehouse.reference.write")) {
            Files.writeString(FILE, reference);
        }
        assertThat(FILE).as("run to make it: %s", UPDATE).exists();
        assertThat(Files.readString(FILE))
                .as("run to update %s: %s", FILE, UPDATE)
                .isEqualTo(reference);
    }

    @Test
    void referenceIsAConfigurationThatChangesNothing() {
        assertThat(ConfigLoader.parse(ConfigReference.render())).isEqualTo(ConfigLoader.parse(""));
    }

    @Test
    void everyKeyIsThereWithItsVariable() {
        String reference = ConfigReference.render();
        SectionSpec.ROOT.paths().forEach((path, key) -> {
            assertThat(reference).contains(key.name() + ":");
            assertThat(key.key().doc()).as(path).isNotBlank().endsWith(".");
            assertThat(reference).contains(KeyPath.environmentName(path) + "\n");
        });
    }

    @Test
    void defaultsAreThoseOfTheSection() {
        String loginradius = ConfigReference.render().split("\n    loginradius:\n", 2)[1];
        assertThat(loginradius.split("\n\n", 2)[0])
                .contains("\n      access_ttl: PT15M\n", "\n      refresh_ttl: P60D\n")
                .endsWith("\n      refresh_idle_ttl: P60D");
    }

    @Test
    void freeNamesAreToldWithTheirValues() {
        assertThat(ConfigReference.render())
                .contains(
                        "A section of up to 64 names, each with a text of at most 4096 characters.\n  #   mapping: {}\n");
    }

    @Test
    void linesFitAScreen() {
        assertThat(ConfigReference.render().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(130));
    }
}
