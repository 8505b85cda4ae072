package io.gatehouse.deploy.node;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.config.ConfigException;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.deploy.cluster.UnusableMember;
import io.gatehouse.deploy.management.UnusableToken;
import io.gatehouse.gateway.tls.UnusableTls;
import io.gatehouse.store.UnusableStore;

/** Puts what kept a node from starting into words for the person who started it. */
public final class StartFailures {
    private StartFailures() {}

    /** A line that says what to do; for a defect of ours, where to find more. */
    public static String sentence(Throwable failure) {
        if (failure instanceof StartFailure
                || failure instanceof ConfigException
                || failure instanceof io.gatehouse.token.StartFailure
                || failure instanceof UnusableMember
                || failure instanceof UnusableStore
                || failure instanceof UnusableToken
                || failure instanceof UnusableTls) {
            return String.valueOf(failure.getMessage());
        }
        return switch (Incidents.error(failure)) {
            case OAuthError.Unavailable gone ->
                "the role " + gone.service()
                        + " does not answer: start a node that runs it, or add it to the roles of this one. Where one"
                        + " runs, see that both have --cluster, cluster.members that reach it and certificates of one"
                        + " authority";
            case OAuthError.Defect defect ->
                "could not start because of a mistake in Gatehouse: the log tells more under " + defect.incident();
            case OAuthError other -> "could not start: " + other;
        };
    }
}
