package io.gatehouse.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
    /** What older nodes know: lines are added, never changed. */
    private static final String[] TABLE = {
        "1 INVALID_REQUEST invalid_request 400",
        "2 INVALID_CLIENT invalid_client 401",
        "3 INVALID_GRANT invalid_grant 400",
        "4 UNAUTHORIZED_CLIENT unauthorized_client 400",
        "5 UNSUPPORTED_GRANT_TYPE unsupported_grant_type 400",
        "6 INVALID_SCOPE invalid_scope 400",
        "7 ACCESS_DENIED access_denied 403",
        "8 UNSUPPORTED_RESPONSE_TYPE unsupported_response_type 400",
        "9 UNSUPPORTED_TOKEN_TYPE unsupported_token_type 400",
        "10 INVALID_TOKEN invalid_token 401",
        "11 INSUFFICIENT_SCOPE insufficient_scope 403",
        "12 INVALID_TARGET invalid_target 400",
        "13 LOGIN_REQUIRED login_required 400",
        "14 CONSENT_REQUIRED consent_required 400",
        "15 INTERACTION_REQUIRED interaction_required 400",
        "16 ACCOUNT_SELECTION_REQUIRED account_selection_required 400",
        "17 REQUEST_NOT_SUPPORTED request_not_supported 400",
        "18 REQUEST_URI_NOT_SUPPORTED request_uri_not_supported 400",
        "19 REGISTRATION_NOT_SUPPORTED registration_not_supported 400",
        "20 UNMET_AUTHENTICATION_REQUIREMENTS unmet_authentication_requirements 400",
        "21 INVALID_REQUEST_URI invalid_request_uri 400",
        "22 INVALID_REQUEST_OBJECT invalid_request_object 400",
        "23 INSUFFICIENT_USER_AUTHENTICATION insufficient_user_authentication 401",
        "30 METHOD_NOT_ALLOWED invalid_request 405",
        "31 REQUEST_TIMEOUT invalid_request 408",
        "32 CONTENT_TOO_LARGE invalid_request 413",
        "33 UNPROCESSABLE_CONTENT invalid_request 422",
        "34 HEADER_FIELDS_TOO_LARGE invalid_request 431",
        "35 URI_TOO_LONG invalid_request 414",
        "36 NOT_ACCEPTABLE_HERE invalid_request 421",
        "40 AUTHORIZATION_PENDING authorization_pending 400",
        "41 SLOW_DOWN slow_down 400",
        "42 EXPIRED_TOKEN expired_token 400",
        "43 DEVICE_DENIED access_denied 400",
        "50 INVALID_DPOP_PROOF invalid_dpop_proof 400",
        "51 USE_DPOP_NONCE use_dpop_nonce 400",
        "60 INVALID_AUTHORIZATION_DETAILS invalid_authorization_details 400",
        "70 INVALID_REDIRECT_URI invalid_redirect_uri 400",
        "71 INVALID_CLIENT_METADATA invalid_client_metadata 400",
        "72 INVALID_SOFTWARE_STATEMENT invalid_software_statement 400",
        "73 UNAPPROVED_SOFTWARE_STATEMENT unapproved_software_statement 400",
    };

    @Test
    void numbersNamesAndStatusesStayAsTheyWere() {
        assertThat(Arrays.stream(Code.values())
                        .map(code -> code.number() + " " + code + " " + code.error() + " " + code.status()))
                .containsExactlyInAnyOrder(TABLE);
    }

    @Test
    void everyNumberStandsForOneCode() {
        assertThat(Stream.of(Code.values()).map(Code::number))
                .doesNotHaveDuplicates()
                .allMatch(number -> number >= 1 && number <= 99);
    }

    @ParameterizedTest
    @CsvSource({"1, INVALID_REQUEST", "12, INVALID_TARGET", "13, LOGIN_REQUIRED", "36, NOT_ACCEPTABLE_HERE"})
    void aNumberFindsItsCode(int number, Code code) {
        assertThat(Code.byNumber(number)).isSameAs(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 24, 29, 37, 99, 100, 101, 104, Integer.MAX_VALUE})
    void anotherNumberFindsNone(int number) {
        assertThat(Code.byNumber(number)).isNull();
    }
}
