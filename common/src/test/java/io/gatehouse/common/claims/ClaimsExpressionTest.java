package io.gatehouse.common.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsExpressionTest {
    private static final Claims ADA = new Claims(
            "ada", "user", "web", "oauth", List.of("openid", "api"), List.of("editor", "it's"), List.of("https://a"));
    private static final Claims BROWSER =
            new Claims("ada", "user", null, null, List.of(), List.of("editor"), List.of());

    private static boolean isTrue(String text) {
        return ClaimsExpression.parse(text).isTrueOf(ADA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sub == 'ada'",
                "sub==\"ada\"",
                "sub != 'bob'",
                "sub_type == 'user'",
                "client_id in ['app', 'web']",
                "family in ['oauth']",
                "scope has 'api'",
                "roles has \"it's\"",
                "aud has 'https://a'",
                "not roles has 'owner'",
                "not not roles has 'editor'",
                "roles has 'editor' and client_id != 'legacy'",
                "sub == 'bob' or sub == 'ada' and scope has 'api'",
                "sub == 'ada' or sub == 'ada' and scope has 'nothing'",
                "not sub == 'bob' and sub == 'ada'",
                "(sub == 'ada' or sub == 'bob') and not (scope has 'admin')",
                " \t(((sub=='ada')))\n",
            })
    void isTrueWhereItIs(String text) {
        assertThat(isTrue(text)).isTrue();
        assertThat(isTrue("not (" + text + ")")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sub == 'Ada'",
                "sub == ''",
                "sub == 'ada '",
                "roles has 'edit'",
                "roles has 'editor,owner'",
                "client_id in ['we', 'b']",
                "(sub == 'bob' or sub == 'ada') and scope has 'nothing'",
                "not (sub == 'bob' or sub == 'ada')",
                "not sub == 'ada' and sub == 'ada'",
            })
    void isFalseWhereItIsNot(String text) {
        assertThat(isTrue(text)).isFalse();
    }

    @Test
    void whatIsNotThereEqualsNothing() {
        assertThat(ClaimsExpression.parse("client_id == ''").isTrueOf(BROWSER)).isFalse();
        assertThat(ClaimsExpression.parse("client_id in ['', 'null']").isTrueOf(BROWSER))
                .isFalse();
        assertThat(ClaimsExpression.parse("client_id != 'web'").isTrueOf(BROWSER))
                .isTrue();
        assertThat(ClaimsExpression.parse("aud has ''").isTrueOf(BROWSER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``| 1 | the end",
                "sub | 4 | ==",
                "sub = 'ada' | 5 | no sign",
                "sub == ada | 8 | a text in quotes",
                "sub == 'ada | 8 | no closing quote",
                "sub == 'ada' and | 17 | the end",
                "sub == 'ada' sub | 14 | sub",
                "sub == 'ada') | 13 | )",
                "(sub == 'ada' | 14 | )",
                "sub has 'ada' | 5 | ==",
                "roles == 'editor' | 7 | has",
                "email == 'x' | 1 | one of sub",
                "SUB == 'x' | 1 | one of sub",
                "client_id in 'x' | 14 | [",
                "client_id in [] | 15 | a text",
                "client_id in ['a',] | 19 | a text",
                "client_id in ['a' 'b'] | 19 | ]",
                "sub == 'ada' && sub == 'b' | 14 | no sign",
                "'ada' == sub | 1 | one of sub",
                "and | 1 | one of sub",
            })
    void sayWhereItGoesWrong(String text, int position, String hint) {
        assertThatThrownBy(() -> ClaimsExpression.parse(text))
                .isInstanceOf(MalformedClaims.class)
                .hasMessageStartingWith("character " + position + ": ")
                .hasMessageContaining(hint);
    }

    @Test
    void lengthAndDepthAreBounded() {
        assertThat(isTrue("(".repeat(15) + "sub == 'ada'" + ")".repeat(15))).isTrue();
        assertThatThrownBy(() -> isTrue("(".repeat(200) + "sub == 'ada'" + ")".repeat(200)))
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> isTrue("not ".repeat(100) + "sub == 'ada'")).hasMessageContaining("nested");
        assertThatThrownBy(() -> isTrue("sub == '" + "a".repeat(600) + "'")).hasMessageContaining("512");
    }

    /** Whatever is written is read, or refused by a place in it. */
    @Test
    void oddTextsAreReadOrRefused() {
        String[] words = {
            "sub", "roles", "==", "!=", "has", "in", "[", "]", "(", ")", ",", "'a'", "\"", "'", "not", "and", "or",
            "\u00e9", "\u0000", "=", " "
        };
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = random.nextInt(12); word >= 0; word--) {
                text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                ClaimsExpression.parse(text.toString()).isTrueOf(ADA);
            } catch (MalformedClaims refused) {
                assertThat(refused.reason()).startsWith("character ");
            }
        }
    }
}
