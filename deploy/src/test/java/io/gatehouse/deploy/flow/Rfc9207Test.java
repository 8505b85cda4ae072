package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9207 demands: every authorization response names its issuer. */
class Rfc9207Test {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();
    private final CodeFlow demo = CodeFlow.demo(caller);
    private final Person person = new Person(caller.base());
    private final String issuer = caller.base().toString();

    @Test
    @DisplayName("RFC 9207, 2: a code comes with iss")
    void withACode() {
        assertThat(person.goOn(person.open(demo.request("openid"))).answer())
                .containsKey("code")
                .containsEntry("iss", issuer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid nonsense", "admin"})
    @DisplayName("RFC 9207, 2: an error comes with iss")
    void withAnError(String scope) {
        assertThat(person.open(demo.request(scope)).answer())
                .containsKey("error")
                .containsEntry("iss", issuer);
    }

    @Test
    @DisplayName("RFC 9207, 2: a refusal by the user comes with iss")
    void withARefusal() {
        Page page = person.logIn(person.open(demo.request("openid", "prompt", "consent")));
        assertThat(person.submit(page, "decision", "deny").answer())
                .containsEntry("error", "access_denied")
                .containsEntry("iss", issuer);
    }

    @Test
    @DisplayName("RFC 9207, 2: iss is in the fragment, or in the form, where the response is")
    void inEveryMode() {
        Page fragment = person.goOn(person.open(demo.request("openid", "response_mode", "fragment")));
        assertThat(fragment.fragment()).containsKey("code").containsEntry("iss", issuer);
        Map<String, String> form = person.open(demo.request("openid", "response_mode", "form_post", "prompt", "none"))
                .form()
                .fields();
        assertThat(form).containsEntry("iss", issuer);
    }

    @Test
    @DisplayName("RFC 9207, 2.3: iss is letter by letter the issuer of the metadata, which says that it comes (3)")
    void theMetadataSaysSo() {
        Answer metadata = caller.get("/.well-known/oauth-authorization-server", null);
        assertThat(metadata.text("issuer")).isEqualTo(issuer);
        assertThat(metadata.json().getBoolean("authorization_response_iss_parameter_supported"))
                .isTrue();
    }
}
