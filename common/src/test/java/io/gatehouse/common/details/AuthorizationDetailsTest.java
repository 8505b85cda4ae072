package io.gatehouse.common.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.error.OAuthFailure;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9396: strict JSON in, one text out, and what is less than what. */
class AuthorizationDetailsTest {
    private static final String PAYMENT =
            "{'type':'pay','actions':['start','see'],'amount':{'currency':'EUR','value':'5'}}";

    private static AuthorizationDetails details(String json) {
        return AuthorizationDetails.parse(json.replace('\'', '"'));
    }

    private static void assertRefused(String json) {
        Throwable refused = catchThrowable(() -> details(json));
        assertThat(refused).as(json).isInstanceOf(OAuthFailure.class);
        Protocol error = (Protocol) ((OAuthFailure) refused).error();
        assertThat(error.code()).isEqualTo(Code.INVALID_AUTHORIZATION_DETAILS);
        assertThat(error.description()).startsWith("authorization_details ").doesNotContain("secret-value");
    }

    @Test
    void theSameInOtherWordsIsTheSameText() {
        AuthorizationDetails read =
                details(" [ {'b':{'z':1,'y':true}, 'type':'\\u0061','a':['y','x']} , {'type':'c'}]");
        assertThat(read.text())
                .isEqualTo("[{'a':['y','x'],'b':{'y':true,'z':1},'type':'a'},{'type':'c'}]".replace('\'', '"'));
        assertThat(read.types()).containsExactly("a", "c");
        assertThat(AuthorizationDetails.parse(read.text()).text()).isEqualTo(read.text());
        assertThat(read.length()).isEqualTo(read.text().length());
        assertThat(details("[{'type':'a','name':'Grüße'}]").length()).isEqualTo(31);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret-value",
                "null",
                "[]",
                "{'type':'a'}",
                "['a']",
                "[{}]",
                "[{'type':1}]",
                "[{'type':null}]",
                "[[{'type':'a'}]]",
                "[{'type':'a'}] []",
                "[{'type':'a'},]",
                "[{'type':'a',}]",
                "[{'type':'a' // b\n}]",
                "[{type:'a'}]",
                "[{'type':'a','type':'secret-value'}]",
                "[{'type':'a','b':{'c':1,'c':2}}]",
                "[{'type':'a'},{'type':'a'}]",
                "[{'type':'a','b':1,'c':2},{'c':2,'b':1,'type':'a'}]",
                "[{'type':'a','b':null}]",
                "[{'type':'a','actions':[]}]",
                "[{'type':'a','b':1.5}]",
                "[{'type':'a','b':1e3}]",
                "[{'type':'a','b':NaN}]",
                "[{'type':'a','b':1000000000000000}]",
                "[{'type':'a','b':-9223372036854775808}]",
                "[{'type':'a','b':{'c':{'d':{'e':{'f':1}}}}}]"
            })
    void whatCanBeTakenInTwoWaysIsRefused(String json) {
        assertRefused(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0000", "\\n", "\\u0085", "\\u202e", "\\u2066", "\\u200f", "\\u2028", "\\ud800", "\\ue000",
                "\\u00ad", "\\ufeff", "\\ufffe"
            })
    void whatPeopleCanNotSeeIsRefused(String character) {
        assertRefused("[{'type':'a','to':'Ada" + character + "'}]");
        assertRefused("[{'type':'a','to" + character + "':'Ada'}]");
        assertRefused("[{'type':'a" + character + "'}]");
    }

    @Test
    void scriptsOfTheWorldAreNotRefused() {
        assertThat(details("[{'type':'a','to':'می‌خواهم Ελλάδα 日本 🔑'}]").types())
                .containsExactly("a");
        assertThat(details("[{'type':'a','n':-999999999999999,'f':false}]").text())
                .contains("-999999999999999");
    }

    @Test
    void thereIsNotMoreThanFitsIntoAToken() {
        String sixteen =
                IntStream.range(0, 16).mapToObj(i -> "{'type':'" + i + "'}").collect(Collectors.joining(","));
        assertThat(details("[" + sixteen + "]").all()).hasSize(16);
        assertRefused("[" + sixteen + ",{'type':'16'}]");
        String frame = "[{'type':'a','b':''}]";
        String most = "x".repeat(AuthorizationDetails.LONGEST - frame.length());
        assertThat(details("[{'type':'a','b':'" + most + "'}]").length()).isEqualTo(AuthorizationDetails.LONGEST);
        assertRefused("[{'type':'a','b':'" + most + "x'}]");
        assertRefused("[{'type':'a','b':'" + "ä".repeat(AuthorizationDetails.LONGEST / 2) + "'}]");
        assertRefused("[".repeat(4_000));
    }

    @DisplayName("RFC 9396, 6.1: what is less is an object as it was granted, or with fewer entries in its lists")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'a'}                                  | {'type':'a'}                              | true",
                "{'type':'a','actions':['r','w']}              | {'type':'a','actions':['w','r']}          | true",
                "{'type':'a','actions':['r','w'],'locations':['x','y']} | {'type':'a','actions':['r'],'locations':['y']} | true",
                "{'type':'a','datatypes':['r','w']}            | {'type':'a','datatypes':['w']}            | true",
                "{'type':'a','privileges':['r','w']}           | {'type':'a','privileges':['w']}           | true",
                "{'type':'a','b':{'c':1,'d':2}}                | {'b':{'d':2,'c':1},'type':'a'}            | true",
                "{'type':'a'},{'type':'b'}                     | {'type':'b'}                              | true",
                "{'type':'a','actions':['r','w']},{'type':'a','actions':['r']} | {'type':'a','actions':['r']},{'type':'a','actions':['w']} | true",
                "{'type':'a'}                                  | {'type':'b'}                              | false",
                "{'type':'a'}                                  | {'type':'a','actions':['r']}              | false",
                "{'type':'a','actions':['r']}                  | {'type':'a'}                              | false",
                "{'type':'a','actions':['r']}                  | {'type':'a','actions':['r','w']}          | false",
                "{'type':'a','actions':['r','w']}              | {'type':'a','actions':'r'}                | false",
                "{'type':'a','actions':['r','w']}              | {'type':'a','actions':['r'],'b':1}        | false",
                "{'type':'a','colours':['r','w']}              | {'type':'a','colours':['r']}              | false",
                "{'type':'a','b':{'actions':['r','w']}}        | {'type':'a','b':{'actions':['r']}}        | false",
                "{'type':'a','b':5}                            | {'type':'a','b':4}                        | false",
                "{'type':'a','actions':['r','w'],'b':5}        | {'type':'a','actions':['r'],'b':5},{'type':'a','actions':['w'],'b':5} | false"
            })
    void lessIsToldFromMore(String granted, String wanted, boolean covered) {
        assertThat(details("[" + granted + "]").covers(details("[" + wanted + "]")))
                .isEqualTo(covered);
    }

    @Test
    void whatIsHandedOutChangesNothing() {
        AuthorizationDetails read = details("[" + PAYMENT + "]");
        read.all().getFirst().getJsonObject("amount").put("value", "500");
        assertThat(read.covers(details("[" + PAYMENT + "]"))).isTrue();
        assertThat(read.all().getFirst().getJsonObject("amount").getString("value"))
                .isEqualTo("5");
    }
}
