package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void aParameterIsAbsentWithoutAValue() {
        Parameters parameters = new Parameters();
        parameters.add("a", "1");
        parameters.add("empty", "");

        assertThat(parameters.get("a")).isEqualTo("1");
        assertThat(parameters.get("empty")).isNull();
        assertThat(parameters.get("b")).isNull();
        assertThat(parameters.require("a")).isEqualTo("1");
        assertThatThrownBy(() -> parameters.require("empty")).hasMessageContaining("empty is missing");
        assertThatThrownBy(() -> parameters.require("b")).hasMessageContaining("b is missing");
    }

    @Test
    void theReaderSaysWhatARefusalIsCalled() {
        Parameters parameters = new Parameters(Code.UNPROCESSABLE_CONTENT);
        parameters.add("a", "1");
        OAuthFailure twice = catchThrowableOfType(OAuthFailure.class, () -> parameters.add("a", "1"));
        OAuthFailure missing = catchThrowableOfType(OAuthFailure.class, () -> parameters.require("b"));

        assertThat(((OAuthError.Protocol) twice.error()).code()).isEqualTo(Code.UNPROCESSABLE_CONTENT);
        assertThat(((OAuthError.Protocol) missing.error()).code()).isEqualTo(Code.UNPROCESSABLE_CONTENT);
    }

    @Test
    void namesMayBeReadInAnyCase() {
        Parameters parameters = Parameters.ignoringCase();
        parameters.add("ApiKey", "1");
        parameters.add("e", "E");

        assertThat(parameters.get("apikey")).isEqualTo("1");
        assertThat(parameters.get("e")).isEqualTo("E");
        assertThatThrownBy(() -> parameters.add("APIKEY", "1")).hasMessageContaining("more than once");
        Parameters exact = new Parameters();
        exact.add("a", "1");
        exact.add("A", "2");
        assertThat(exact.get("A")).isEqualTo("2");
    }

    /** A name that came in may be anything; a value is never told. */
    @Test
    void noRefusalRepeatsWhatMayDoHarm() {
        for (String name : new String[] {"<script>", "a\nb", "x".repeat(41), "a b", "\u00e4", ""}) {
            Parameters parameters = new Parameters();
            parameters.add(name, "planted");
            assertThatThrownBy(() -> parameters.add(name, "planted"))
                    .hasMessageNotContaining("planted")
                    .satisfies(refusal -> assertThat(refusal.getMessage().contains(name) && !name.isEmpty())
                            .isFalse());
        }
    }
}
