package io.gatehouse.common.bus;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;

/** Turns what went wrong into a value: errors pass as they are, accidents are logged whole and shown as an id. */
public final class Incidents {
    private static final System.Logger LOG = System.getLogger(Incidents.class.getName());

    private Incidents() {}

    public static OAuthError error(Throwable cause) {
        if (cause instanceof OAuthFailure failure) {
            return failure.error();
        }
        String incident = Entropy.bytes(6).base64Url();
        LOG.log(System.Logger.Level.ERROR, "incident " + incident, cause);
        return new OAuthError.Defect(incident);
    }
}
