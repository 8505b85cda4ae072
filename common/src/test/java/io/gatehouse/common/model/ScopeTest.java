package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    @Test
    void keepsTheOrderAndCountsRepeatedValuesOnce() {
        assertThat(Scope.parse("write read write openid read").values()).containsExactly("write", "read", "openid");
    }

    @Test
    void isWrittenAsItIsInTokens() {
        assertThat(Scope.parse("  read   write ")).hasToString("read write");
        assertThat(Scope.EMPTY).hasToString("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "     "})
    void nothingIsAnEmptyScope(String text) {
        assertThat(Scope.parse(text)).isSameAs(Scope.EMPTY);
        assertThat(Scope.parse(text).isEmpty()).isTrue();
    }

    /** RFC 6749, section 3.3: %x21 / %x23-5B / %x5D-7E. */
    @Test
    void everyCharacterOfAScopeTokenIsAllowed() {
        String all = IntStream.rangeClosed(0x21, 0x7E)
                .filter(c -> c != '"' && c != '\\')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertThat(Scope.parse("x " + all).values()).containsExactly("x", all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\tb", "a\nb", "a\rb", "a\0", "a\u007F", "a\u00A0b", "ä", "a\u2028", "🔑"})
    void anyOtherCharacterIsRefused(String text) {
        assertInvalid(() -> Scope.parse(text));
        assertInvalid(() -> new Scope(List.of(text)));
    }

    @Test
    void holdsAtMost64Values() {
        assertThat(Scope.parse(numbered(64)).values()).hasSize(64);
        assertThat(Scope.parse(numbered(64) + " " + numbered(64)).values()).hasSize(64);
        assertInvalid(() -> Scope.parse(numbered(65)));
    }

    @Test
    void isAtMost4096CharactersLong() {
        assertThat(Scope.parse("x".repeat(4096)).values()).hasSize(1);
        assertInvalid(() -> Scope.parse("x".repeat(4097)));
        assertInvalid(() -> Scope.parse(" ".repeat(4097)));
    }

    /** Scopes arrive from other nodes as lists, too. */
    @Test
    void noneIsMadeOfSomethingElseThanDistinctValues() {
        assertInvalid(() -> new Scope(List.of("read", "read")));
        assertInvalid(() -> new Scope(List.of("read write")));
        assertInvalid(() -> new Scope(List.of("")));
    }

    @Test
    void comparesAsASet() {
        Scope wide = Scope.parse("openid read write");

        assertThat(wide.covers(Scope.parse("write read"))).isTrue();
        assertThat(wide.covers(wide)).isTrue();
        assertThat(wide.covers(Scope.EMPTY)).isTrue();
        assertThat(wide.covers(Scope.parse("read admin"))).isFalse();
        assertThat(Scope.EMPTY.covers(Scope.parse("read"))).isFalse();
        assertThat(wide.contains("read")).isTrue();
        assertThat(wide.contains("rea")).isFalse();
        assertThat(wide.contains("Read")).isFalse();
    }

    @Test
    void cutsAndTakesAwayInItsOwnOrder() {
        Scope wide = Scope.parse("openid read write");

        assertThat(wide.intersect(Scope.parse("write openid admin"))).hasToString("openid write");
        assertThat(wide.without(Scope.parse("read admin"))).hasToString("openid write");
        assertThat(wide.intersect(Scope.EMPTY)).isEqualTo(Scope.EMPTY);
        assertThat(wide.without(wide)).isEqualTo(Scope.EMPTY);
    }

    private static String numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "s" + i).collect(Collectors.joining(" "));
    }

    private static void assertInvalid(Runnable task) {
        assertThatExceptionOfType(OAuthFailure.class)
                .isThrownBy(task::run)
                .satisfies(failure -> assertThat(failure.error())
                        .isInstanceOfSatisfying(
                                OAuthError.Protocol.class,
                                protocol -> assertThat(protocol.code()).isEqualTo(Code.INVALID_SCOPE)));
    }
}
