package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines that the pages tell to paste into a shell do what the pages say. */
class ExamplesInDocsTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    /** What the last line of each page prints tells that those before it worked. */
    @ParameterizedTest
    @CsvSource({
        "babelbird-api.md, \"refresh_token\":",
        "login-api.md, \"username\":\"ada\"",
        "loginradius-api.md, {\"keys\":[]}",
        "oauth.md, \"act\":{\"sub\":\"demo-service\"}",
        "oauth.md, \"scope\":\"api\"",
        "oauth.md, eyJ",
        "openid.md, \"email\":\"ada@example.org\"",
        "openid.md, error=login_required"
    })
    void theLinesWork(String page, String last) throws Exception {
        assumeTrue(run("command -v curl && command -v openssl").exitCode() == 0, "curl or openssl is not installed");
        String text = Files.readString(Path.of("docs", page));
        List<String> blocks = BLOCK.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(blocks).isNotEmpty();
        String address = NODE.caller().base().toString();
        Ran ran = run("set -eu\n" + String.join("\n", blocks).replace("http://127.0.0.1:8080", address));
        assertThat(ran.exitCode()).as(ran.out()).isZero();
        assertThat(ran.out()).contains(last).doesNotContain("ErrorCode", "\"error\"", "\"detail\"");
    }

    private record Ran(int exitCode, String out) {}

    private static Ran run(String script) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out);
    }
}
