package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.model.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core, section 5.5. */
class ClaimsParameterTest {
    private static final Scope SCOPE = Scope.parse("openid profile email");

    private static ClaimsParameter parse(String json) {
        return ClaimsParameter.parse(json.replace('\'', '"'), SCOPE);
    }

    private static void assertRefused(String json, Code code) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        OAuthFailure.class,
                        failure -> assertThat(((OAuthError.Protocol) failure.error()).code())
                                .isEqualTo(code));
    }

    @Test
    void knownNamesAreKeptByWhereTheyAreWanted() {
        ClaimsParameter read = parse("{'userinfo':{'name':{'essential':true},'email':null,'foo':null},"
                + "'id_token':{'email':{'value':'x'},'auth_time':{'essential':true}},'other':1}");

        assertThat(read.claims().userinfo()).containsExactly("email", "name");
        assertThat(read.claims().idToken()).containsExactly("email");
        assertThat(read.subject()).isNull();
    }

    @Test
    void whatTheClientsScopeDoesNotSpeakOfIsForgotten() {
        assertThat(parse("{'userinfo':{'phone_number':{'essential':true},'address':null}}")
                        .claims())
                .isNull();
    }

    @Test
    void nothingAskedForIsNothing() {
        assertThat(ClaimsParameter.parse(null, SCOPE).claims()).isNull();
        assertThat(parse("{}").claims()).isNull();
        assertThat(parse("{'userinfo':null,'id_token':{}}").claims()).isNull();
    }

    @Test
    void aSubjectMayBeWanted() {
        assertThat(parse("{'id_token':{'sub':{'value':'a'}}}").subject()).isEqualTo("a");
        assertThat(parse("{'userinfo':{'sub':{'value':'a'}},'id_token':{'sub':null}}")
                        .subject())
                .isEqualTo("a");
        assertRefused("{'userinfo':{'sub':{'value':'a'}},'id_token':{'sub':{'value':'b'}}}", Code.INVALID_REQUEST);
        assertRefused("{'id_token':{'sub':{'value':1}}}", Code.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'essential':true,'value':'urn:x'}",
                "{'essential':true,'values':['urn:x','urn:y']}",
                "{'essential':true,'values':[1]}",
                "{'essential':true,'value':7}"
            })
    void anEssentialAcrThatNobodyHasIsToldSo(String acr) {
        assertRefused("{'id_token':{'acr':" + acr + "}}", Code.UNMET_AUTHENTICATION_REQUIREMENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{'essential':true}",
                "{'value':'urn:x'}",
                "{'values':['urn:x']}",
                "{'essential':true,'value':'urn:gatehouse:acr:password'}",
                "{'essential':true,'values':['urn:x','urn:gatehouse:acr:password']}"
            })
    void anyOtherAcrMayBeAskedFor(String acr) {
        assertThat(parse("{'id_token':{'acr':" + acr + "}}").claims()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "7",
                "null",
                "{} {}",
                "{}x",
                "{'userinfo':1}",
                "{'userinfo':[]}",
                "{'id_token':{'sub':'a'}}",
                "{'id_token':{'acr':'a'}}",
                "{'userinfo':{},'userinfo':{'name':null}}",
                "{'userinfo':{'name':null,'name':null}}",
                "{'a':{'b':{'c':{'d':{'e':{'f':{'g':1}}}}}}}"
            })
    void whatTwoReadersCouldReadDifferentlyIsRefused(String json) {
        assertRefused(json, Code.INVALID_REQUEST);
    }

    @Test
    void itsLengthIsBounded() {
        String padding = " ".repeat(4094);
        assertThat(parse("{" + padding + "}").claims()).isNull();
        assertRefused("{" + padding + " }", Code.INVALID_REQUEST);
    }
}
