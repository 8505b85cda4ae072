package io.gatehouse.common.model;

import java.util.List;

/**
 * What a client may make of other tokens (RFC 8693): tokens for the resources that it registered, never with more than the
 * subject token allows.
 *
 * @param subjectClients whose tokens it may exchange, beside its own and those that are for it
 * @param impersonation whether it may get tokens that name the subject alone
 * @param delegation whether it may get tokens that name who acts for the subject
 */
public record ExchangePolicy(List<String> subjectClients, boolean impersonation, boolean delegation) {
    public ExchangePolicy {
        subjectClients = List.copyOf(subjectClients);
    }
}
