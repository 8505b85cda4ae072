package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Attestation;

/**
 * Half a login, which is no session: it lies in the page that asks for the rest, sealed for the browser that showed the
 * password.
 *
 * @param login where it leads
 * @param password a {@link io.gatehouse.common.message.PasswordStatement}
 */
public record FactorState(LoginState login, Attestation password) {}
