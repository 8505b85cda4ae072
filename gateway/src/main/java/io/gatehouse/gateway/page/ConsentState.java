package io.gatehouse.gateway.page;

import io.gatehouse.gateway.oauth.AuthorizationRequest;

/**
 * What the consent page remembers.
 *
 * @param sid of the session that is asked: another one's answer does not count
 * @param consentEpoch generation of the consent that is asked about: its withdrawal voids the question
 */
public record ConsentState(AuthorizationRequest request, String sid, long consentEpoch) {}
