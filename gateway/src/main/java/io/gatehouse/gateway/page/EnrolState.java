package io.gatehouse.gateway.page;

import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;

/**
 * What the form remembers by which a second factor is enrolled.
 *
 * @param sid of the session that it was shown in: another one's is refused
 * @param subject whose session that is
 * @param username for the name under which the app keeps the secret
 * @param secret in base32, to be shown once more where the code was wrong
 * @param sealed as the token role will open it
 * @param next what the user was on the way to
 */
public record EnrolState(
        String sid, String subject, String username, Secret secret, Sealed sealed, EnrolmentVisit next) {}
