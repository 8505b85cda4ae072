package io.gatehouse.common.model;

/** Rules of the OpenID Foundation that a client is held to as a whole. */
public enum SecurityProfile {
    /** FAPI 2.0 Security Profile. */
    FAPI_2_SECURITY,
    /** FAPI 2.0 Message Signing: the former, with signed requests, responses and introspections. */
    FAPI_2_MESSAGE_SIGNING
}
