package io.gatehouse.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OAuthFailureTest {
    @Test
    void carriesTheErrorAndNoStackTrace() {
        OAuthFailure failure = OAuthError.failure(Code.INVALID_SCOPE, "there is no such scope");

        assertThat(failure.error()).isEqualTo(new OAuthError.Protocol(Code.INVALID_SCOPE, "there is no such scope"));
        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(failure).hasMessageContaining("INVALID_SCOPE");
    }

    @Test
    void anyErrorCanFail() {
        OAuthError error = new OAuthError.NotFound("tenant");

        assertThat(error.failure().error()).isSameAs(error);
    }
}
