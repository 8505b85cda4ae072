package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.details.DetailField;
import io.gatehouse.common.details.DetailField.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationDetailConfigTest {
    private static String withField(String field) {
        return "authorization_details: [{type: a, description: b, fields: [" + field + "]}]";
    }

    private static String withClient(String types) {
        return types
                + "bootstrap: {clients: [{client_id: a, client_secret: 0123456789abcdef0123456789abcdef,"
                + " redirect_uris: [\"https://a.example.org/\"], authorization_details_types: [pay]}]}\n";
    }

    @Test
    void aTypeIsDeclaredWithItsFieldsAndItsWords() {
        AuthorizationDetailConfig type = parsed("""
                        authorization_details:
                          - type: payment_initiation
                            description: make a payment
                            description_de: eine Zahlung auslösen
                            fields:
                              - {name: actions, values: [initiate, status]}
                              - {name: amount.value, required: true, label: Amount, label_de: Betrag}
                              - {name: amount.cents, kind: number, label: Cents}
                        """).authorizationDetails().getFirst();
        assertThat(type.in("de")).isEqualTo("eine Zahlung auslösen");
        assertThat(type.in("en")).isEqualTo("make a payment");
        assertThat(type.declared().name()).isEqualTo(type.type());
        assertThat(type.declared().fields())
                .extracting(DetailField::shape)
                .containsExactly(Shape.TEXTS, Shape.TEXT, Shape.NUMBER);
        assertThat(type.fields().get(1).in("de")).isEqualTo("Betrag");
        assertThat(type.fields().get(2).in("de")).isEqualTo("Cents");
        assertThat(type.fields().get(0).in("de")).isNull();
        assertThat(parsed("").authorizationDetails()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\\\\b", "ä", "a\\\"b"})
    void aTypeIsWrittenInVisibleAscii(String type) {
        assertThat(problem("authorization_details: [{type: \"" + type + "\", description: x}]"))
                .startsWith("authorization_details[0].type ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "a b", "a..b", ".a", "a.b.c.d", "ä"})
    void aFieldHasAPath(String name) {
        assertThat(problem(withField("{name: \"" + name + "\"}")))
                .startsWith("authorization_details[0].fields[0].name ");
    }

    @Test
    void aFieldOfTheRfcKeepsItsShape() {
        assertThat(problem(withField("{name: actions, kind: text}"))).contains("is not what RFC 9396 says");
        assertThat(problem(withField("{name: identifier, kind: texts}"))).contains("is not what RFC 9396 says");
        assertThat(parsed(withField("{name: locations, kind: texts}")).authorizationDetails())
                .hasSize(1);
        assertThat(problem(withField("{name: a, kind: json}"))).startsWith("authorization_details[0].fields[0].kind ");
        assertThat(problem(withField("{name: a, kind: flag, values: [b]}"))).contains("are texts");
    }

    @Test
    void nothingIsDeclaredTwice() {
        assertThat(problem(withField("{name: a}, {name: a}"))).contains("lists a twice");
        assertThat(problem(withField("{name: a}, {name: a.b}"))).contains("lists a and what lies within it");
        assertThat(problem("authorization_details: [{type: a, description: x}, {type: a, description: y}]"))
                .contains("lists a twice: keep one entry");
    }

    @Test
    void whatAClientMayAskForIsDeclared() {
        assertThat(problem(withClient(""))).contains("lacks the type \"pay\"");
        GatehouseConfig config = parsed(withClient("authorization_details: [{type: pay, description: pay}]\n"));
        assertThat(config.bootstrap().clients().getFirst().authorizationDetailsTypes())
                .containsExactly("pay");
        assertThat(problem(withField("{name: a}") + "\nauthorization_details_types: [a]"))
                .isNotEmpty();
    }
}
