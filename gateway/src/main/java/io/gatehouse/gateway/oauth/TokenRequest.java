package io.gatehouse.gateway.oauth;

import org.jspecify.annotations.Nullable;

/** A request to the token endpoint. */
public record TokenRequest(String tenant, @Nullable ClientCredentials credentials, Parameters parameters) {}
