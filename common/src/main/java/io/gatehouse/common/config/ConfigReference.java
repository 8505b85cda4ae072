package io.gatehouse.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the reference of all keys: a valid configuration file that says what is the default anyway. */
final class ConfigReference {
    private static final int WIDTH = 110;
    private static final String HEADER = """
            # Every key of Gatehouse's configuration with its default, range and environment variable.
            # Written from the records in io.gatehouse.common.config: change it there, then run
            # mvn -pl common test -Dtest=ConfigReferenceTest -Dgatehouse.reference.write=true
            #
            # From the lowest precedence to the highest: these defaults, the YAML file (--config FILE or GATEHOUSE_CONFIG),
            # files in the directory GATEHOUSE_SECRETS_DIR that are named after a key (tokens.access_ttl) or its variable,
            # environment variables, system properties (-Dgatehouse.tokens.access_ttl=PT5M), the command line.
            # Lists are written with commas in variables, lists of sections as YAML: [{username: ada}].
            # Secrets may be given as file:PATH. Durations are ISO-8601 (PT10M, P30D).
            # An unknown key in a file is an error, an unknown GATEHOUSE_ variable a warning.
            """;

    private final StringBuilder out = new StringBuilder(HEADER);

    private ConfigReference() {}

    static String render() {
        ConfigReference reference = new ConfigReference();
        reference.section(SectionSpec.ROOT, "", "");
        return reference.out.toString();
    }

    private void section(SectionSpec spec, String path, String margin) {
        for (KeySpec key : spec.keys()) {
            String below = KeyPath.join(path, key.name());
            if (path.isEmpty()) {
                out.append('\n');
            }
            comment(key.key().doc(), margin);
            if (key.section() == null) {
                comment(summary(key) + ". " + KeyPath.environmentName(below), margin);
                value(key, margin);
            } else if (key.list()) {
                comment("A list of sections. " + KeyPath.environmentName(below), margin);
                entries(key, key.section(), margin);
            } else if (key.key().optional()) {
                // Shown as a comment: written at all, it is no default any more.
                line(margin, "# " + key.name() + ":");
                section(key.section(), below, margin + "#   ");
            } else {
                line(margin, key.name() + ":");
                section(key.section(), below, margin + "  ");
            }
        }
    }

    /** Entries have no defaults to show, so they are shown as comments. */
    private void entries(KeySpec key, SectionSpec entry, String margin) {
        line(margin, key.name() + ": []");
        line(margin, "# each entry:");
        entry.keys().forEach(inner -> entry(inner, margin + "#   "));
    }

    private void entry(KeySpec key, String margin) {
        comment(key.key().doc(), margin);
        if (key.section() == null) {
            comment(summary(key) + ".", margin);
            value(key, margin);
        } else if (key.list()) {
            entries(key, key.section(), margin);
        } else {
            line(margin, key.name() + ":");
            key.section().keys().forEach(inner -> entry(inner, margin + "  "));
        }
    }

    private void value(KeySpec key, String margin) {
        String standard = key.standard();
        if (key.list()) {
            line(margin, key.name() + ": [" + standard + "]");
        } else if (key.map()) {
            line(margin, key.name() + ": {}");
        } else if (standard.isEmpty()) {
            line(margin, (margin.contains("#") ? "" : "# ") + key.name() + ":");
        } else {
            line(margin, key.name() + ": " + YamlText.of(standard));
        }
    }

    private static String summary(KeySpec key) {
        String expected = switch (key.shape()) {
                    case SINGLE -> "";
                    case LIST -> "a list of: ";
                    case MAP -> "a section of up to " + ConfigBinder.MOST_NAMES + " names, each with ";
                }
                + Values.expected(key);
        return expected.substring(0, 1).toUpperCase(Locale.ROOT)
                + expected.substring(1)
                + (key.key().required() ? "; required" : "");
    }

    private void comment(String text, String margin) {
        for (String line : wrapped(text, WIDTH - margin.length())) {
            line(margin, "# " + line);
        }
    }

    private void line(String margin, String text) {
        out.append(margin).append(text).append('\n');
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            if (line.length() + word.length() >= width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
