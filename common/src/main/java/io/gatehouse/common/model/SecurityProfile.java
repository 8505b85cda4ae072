package io.gatehouse.common.model;

import java.util.List;

/** Rules of the OpenID Foundation that a client is held to as a whole. */
public enum SecurityProfile {
    /** FAPI 2.0 Security Profile. */
    FAPI_2_SECURITY("fapi2_security"),
    /** FAPI 2.0 Message Signing: the former, with signed requests, responses and introspections. */
    FAPI_2_MESSAGE_SIGNING("fapi2_message_signing");

    /** JWS names of the algorithms that both know (FAPI 2.0 Security Profile, section 5.4.1). */
    public static final List<String> ALGORITHMS = List.of("PS256", "ES256", "EdDSA");

    private final String registeredName;

    SecurityProfile(String registeredName) {
        this.registeredName = registeredName;
    }

    /** As a client registers it. */
    public String registeredName() {
        return registeredName;
    }
}
