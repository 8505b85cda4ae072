package io.gatehouse.store.copy;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.Registration;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/**
 * A store as it is copied: opened by this process alone, while no node can work on it. Limits, devices that wait, pushed
 * requests and leases of verifiers are left out; they need not survive. Calls follow one another, never two at a time; they
 * fail with {@link io.gatehouse.store.UnusableStore}.
 */
public interface Copyable {
    /** What it is and where, for people: {@code the database d at h port p}. */
    String place();

    Rows<Tenant> tenants();

    /** Also the rows of built-in clients that have one. */
    Rows<Client> clients();

    Rows<User> users();

    Rows<JwtApp> jwtApps();

    Rows<SealedKeySet> keySets();

    /** Also those that ended before they were written. */
    Rows<Grant> grants();

    Rows<AuthorizationCode> codes();

    Rows<SpentValue> spent();

    Rows<SequencedDenial> denials();

    Rows<Session> sessions();

    Rows<Consent> consents();

    Rows<PendingLogout> logouts();

    Rows<Registration> registrations();

    Rows<SecondFactor> secondFactors();

    /** What the store says about itself, {@link CopyFacts} among it. */
    Future<Map<String, String>> facts();

    /** Writes some facts and removes others, at once. */
    Future<Void> change(Map<String, String> write, Set<String> remove);

    /** The last number that the log of denials gave. */
    Future<Long> lastDenial();

    /** Lets the log count on from a number, and counts the lines that were written. */
    Future<Void> continueDenials(long last);

    Future<Void> close();
}
