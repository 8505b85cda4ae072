package io.gatehouse.deploy.node;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.config.ConfigException;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.store.UnusableStore;

/** Puts what kept a node from starting into words for the person who started it. */
public final class StartFailures {
    private StartFailures() {}

    /** A line that says what to do; for a defect of ours, where to find more. */
    public static String sentence(Throwable failure) {
        if (failure instanceof StartFailure
                || failure instanceof ConfigException
                || failure instanceof io.gatehouse.token.StartFailure
                || failure instanceof UnusableStore) {
            return String.valueOf(failure.getMessage());
        }
        OAuthError error = Incidents.error(failure);
        return "could not start: " + error;
    }
}
