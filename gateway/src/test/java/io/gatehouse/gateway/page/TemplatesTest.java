package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page in every language. Each is kept under target/pages, to be looked at. */
class TemplatesTest {
    private static final Pattern TAG = Pattern.compile("<([a-z0-9]+)([^>]*)>");
    private static final Pattern INPUT = Pattern.compile("<input ([^>]*)>");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern REFERENCE = Pattern.compile(" (?:for|aria-describedby|aria-labelledby)=\"([^\"]*)\"");

    static Stream<Arguments> pages() {
        return Texts.languages().stream()
                .flatMap(language -> Stream.of(PageSamples.values()).map(page -> Arguments.of(page, language)));
    }

    private static String render(PageSamples page, String language) throws IOException {
        String html = page.render(language);
        Path kept = Path.of("target", "pages", language, page.name().toLowerCase(Locale.ROOT) + ".html");
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, html);
        return html;
    }

    private static List<String> all(Pattern pattern, String html) {
        return pattern.matcher(html).results().map(found -> found.group(1)).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageSaysWhichLanguageItSpeaks(PageSamples page, String language) throws IOException {
        String html = render(page, language);

        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"" + language + "\">");
        assertThat(html).contains("<title>A title \u2013 Harbour &amp; Sons</title>");
        assertThat(all(Pattern.compile("<(h1)>"), html)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nothingInAPageIsStyledOrScriptedInline(PageSamples page, String language) throws IOException {
        String html = render(page, language);

        assertThat(html).doesNotContain("<style", "javascript:");
        assertThat(all(Pattern.compile("<script([^>]*)>"), html))
                .allSatisfy(attributes -> assertThat(attributes).contains(" src=\"/assets/"));
        assertThat(TAG.matcher(html).results().map(MatchResult::group))
                .noneMatch(tag -> tag.matches("(?s).*\\s(style|on[a-z]+)=.*"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyInputThatIsSeenHasItsLabel(PageSamples page, String language) throws IOException {
        String html = render(page, language);
        List<String> labels = all(Pattern.compile("<label for=\"([^\"]*)\""), html);

        assertThat(all(INPUT, html).stream()
                        .filter(input -> !input.contains("type=\"hidden\"") && !input.endsWith(" hidden"))
                        .map(input -> all(ID, " " + input)))
                .allSatisfy(id -> assertThat(labels).isNotEmpty().containsAll(id));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void idsAreUniqueAndReferencesLeadSomewhere(PageSamples page, String language) throws IOException {
        String html = render(page, language);
        List<String> ids = all(ID, html);
        List<String> referred = new ArrayList<>();
        all(REFERENCE, html).forEach(value -> referred.addAll(List.of(value.split(" "))));

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).containsAll(referred);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFormIsPostedAndHoldsItsBox(PageSamples page, String language) throws IOException {
        String html = render(page, language);

        assertThat(Stream.of(html.split("<form", -1)).skip(1)).allSatisfy(form -> {
            assertThat(form).startsWith(" method=\"post\" action=\"");
            assertThat(form).containsAnyOf("name=\"request\"", "name=\"box\"", "name=\"code\"");
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageIsSmall(PageSamples page, String language) throws IOException {
        int bytes = render(page, language).getBytes(StandardCharsets.UTF_8).length;
        int boxes = page.render(language).split("Ab3_", -1).length * "Ab3_".length();

        assertThat(bytes - boxes).isLessThan(6_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = PageSamples.class,
            names = {"LOGIN", "LOGIN_WRONG", "LOGIN_AGAIN", "LOGIN_TO_ACCOUNT"})
    void aLoginPageIsUnder12Kilobytes(PageSamples page) {
        assertThat(page.render("de").getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(12 * 1024);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void onlyOneFieldTakesTheFocus(PageSamples page, String language) throws IOException {
        assertThat(render(page, language).split(" autofocus", -1)).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(PageSamples.class)
    void languagesDiffer(PageSamples page) {
        assertThat(page.render("de")).isNotEqualTo(page.render("en").replace("lang=\"en\"", "lang=\"de\""));
    }
}
