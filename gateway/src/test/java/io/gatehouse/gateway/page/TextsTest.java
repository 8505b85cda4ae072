package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the pages, and which language is spoken to whom. */
class TextsTest {
    private static final Texts ENGLISH = Texts.in("en");
    private static final Texts GERMAN = Texts.in("de");
    private static final Pattern PLACE = Pattern.compile("\\{.?}?");
    private static final Pattern KEY = Pattern.compile(
            "\"((?:login|consent|error|form_post|logout|logged_out|account|password|device|connect)\\.[a-z_.]+[a-z])\"");

    private static List<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(found -> found.group())
                .sorted()
                .toList();
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        assertThat(GERMAN.keys()).isEqualTo(ENGLISH.keys());
        assertThat(ENGLISH.keys()).hasSizeGreaterThan(80);
    }

    @Test
    void bothLanguagesFillInTheSameValues() {
        for (String key : ENGLISH.keys()) {
            assertThat(places(GERMAN.get(key))).as(key).isEqualTo(places(ENGLISH.get(key)));
            assertThat(places(GERMAN.get(key))).as(key).isSubsetOf("{0}", "{1}");
            assertThat(GERMAN.get(key)).as(key).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/jte", "src/main/java/io/gatehouse/gateway/page"})
    void everyTextThatIsUsedIsThere(String folder) throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                KEY.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group(1)));
            }
        }

        assertThat(used).hasSizeGreaterThan(10);
        assertThat(ENGLISH.keys()).containsAll(used);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | en",
                "'' | en",
                "de | de",
                "DE-AT | de",
                "fr, de;q=0.5, en;q=0.4 | de",
                "fr, de;q=0.4, en;q=0.5 | en",
                "de;q=0 | en",
                "fr;q=1 | en",
                "en;q=0.2,de ; q=0.3 | de",
                "de;q=x, en;q=0.1 | en",
                "de;level=1 | en",
                ", ;q=1,;;,de | de",
                "* | en"
            })
    void theLanguageIsTheBrowsersChoice(String header, String language) {
        assertThat(Texts.of(header, List.of()).language()).isEqualTo(language);
    }

    @Test
    void aClientsWishComesFirst() {
        assertThat(Texts.of("en", List.of("fr", "de-CH", "en")).language()).isEqualTo("de");
        assertThat(Texts.of("de", List.of("fr")).language()).isEqualTo("de");
        assertThat(Texts.of("en", List.of("", "-", "d")).language()).isEqualTo("en");
    }

    @Test
    void onlyTheBeginningOfAHeaderIsRead() {
        assertThat(Texts.of("x,".repeat(19) + "de", List.of()).language()).isEqualTo("de");
        assertThat(Texts.of("x,".repeat(20) + "de", List.of()).language()).isEqualTo("en");
        assertThat(Texts.of(" ".repeat(399) + "de", List.of()).language()).isEqualTo("en");
    }

    @Test
    void aValueIsNeverLookedInto() {
        assertThat(ENGLISH.get("logout.text_client", "{1}{0}{", "B"))
                .isEqualTo("{1}{0}{ asks whether you want to log out of B.");
    }

    @Test
    void aTextThatIsNotThereIsAMistake() {
        assertThatThrownBy(() -> ENGLISH.get("login.nothing")).hasMessageContaining("login.nothing");
    }

    @Test
    void aScopeIsSaidInWordsWhereThereAreSome() {
        assertThat(GERMAN.scope("email")).isEqualTo("Ihre E-Mail-Adresse sehen");
        assertThat(GERMAN.scope("calendar.read")).isEqualTo("calendar.read");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1 second, 1 Sekunde",
        "1000, 1 second, 1 Sekunde",
        "1001, 2 seconds, 2 Sekunden",
        "59000, 59 seconds, 59 Sekunden",
        "59001, 1 minute, 1 Minute",
        "60001, 2 minutes, 2 Minuten",
        "3540000, 59 minutes, 59 Minuten",
        "3540001, 1 hour, 1 Stunde",
        "3600001, 2 hours, 2 Stunden",
        "172800000, 48 hours, 48 Stunden"
    })
    void aTimeToWaitIsRoundedUp(long millis, String english, String german) {
        assertThat(ENGLISH.duration(Duration.ofMillis(millis))).isEqualTo(english);
        assertThat(GERMAN.duration(Duration.ofMillis(millis))).isEqualTo(german);
    }

    @Test
    void timesAreWrittenAsTheLanguageWritesThem() {
        Instant time = Instant.parse("2026-11-05T23:09:00Z");

        assertThat(ENGLISH.time(time)).isEqualTo("5 Nov 2026, 23:09 UTC");
        assertThat(GERMAN.time(time)).isEqualTo("05.11.2026, 23:09 UTC");
    }
}
