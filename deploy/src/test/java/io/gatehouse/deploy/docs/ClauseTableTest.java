package io.gatehouse.deploy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/clauses.md} says which test holds which clause. It is made from the display names of the tests; to make it anew:
 * {@code mvn -Dquick -pl deploy -am test -Dtest=ClauseTableTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dgatehouse.clauses.write=true}.
 */
class ClauseTableTest {
    private static final Path PAGE = Path.of("docs", "clauses.md");
    private static final List<String> MODULES =
            List.of("common", "token-verticle", "store-verticle", "gateway", "deploy");
    private static final String HEAD = """
            # Which test holds which clause

            Made from the names of the tests by `ClauseTableTest`. Each section of a standard stands beside the tests that
            fail where it is not kept. What a standard leaves open, and what was decided, stands in [oauth.md](oauth.md)
            and [openid.md](openid.md).
            """;

    @Test
    void thePageSaysWhatTheTestsSay() throws IOException {
        String page = page(clauses());
        if (Boolean.getBoolean("gatehouse.clauses.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @ParameterizedTest
    @ValueSource(ints = {6749, 7009, 7636, 7662, 8414, 8628, 8693, 9068, 9101, 9126, 9207, 9449, 9700, 9728})
    void everyStandardOfTheTableHasTests(int rfc) {
        assertThat(clauses()).anyMatch(clause -> clause.rfc() == rfc);
    }

    private static TreeSet<Clause> clauses() {
        TreeSet<Clause> clauses = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> clauses.addAll(read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return clauses;
    }

    private static List<Clause> read(Path file) {
        try {
            String name = file.getFileName().toString();
            return Clause.of(name.substring(0, name.length() - ".java".length()), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(TreeSet<Clause> clauses) {
        StringBuilder page = new StringBuilder(HEAD);
        int rfc = 0;
        for (Clause clause : clauses) {
            if (clause.rfc() != rfc) {
                rfc = clause.rfc();
                page.append("\n## RFC ").append(rfc).append("\n\n| section | what holds | test |\n|---|---|---|\n");
            }
            page.append("| %s | %s | `%s` |\n".formatted(clause.section(), clause.demand(), clause.test()));
        }
        return page.toString();
    }
}
