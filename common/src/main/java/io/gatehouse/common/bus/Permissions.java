package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.seal.Part.GATEWAY;
import static io.gatehouse.common.bus.seal.Part.STORE;
import static io.gatehouse.common.bus.seal.Part.TOKEN;

import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.message.AssertionGrants;
import io.gatehouse.common.message.ClientAssertions;
import io.gatehouse.common.message.ClientDrafts;
import io.gatehouse.common.message.ClientJwts;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.common.message.Passcodes;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.message.RateLimits;
import io.gatehouse.common.message.Registrations;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.SecondFactors;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.SigningKeys;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.message.StoreRequest;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.TokenHealth;
import io.gatehouse.common.message.UpstreamAssertions;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.message.Verifiers;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * What a member may ask of another one, and tell all others: by family, and by message where those of one family differ. What is not here is
 * refused. Within a process nothing is asked for.
 */
final class Permissions {
    private static final Set<Part> ALL = Set.of(GATEWAY, TOKEN, STORE);

    static final Map<Class<?>, Set<Part>> TABLE = Map.ofEntries(
            // of the store
            may(Clients.Find.class, GATEWAY),
            may(Clients.Declare.class, TOKEN),
            may(Codes.class, GATEWAY),
            may(Devices.class, GATEWAY),
            may(Grants.class, GATEWAY),
            may(JwtApps.Find.class, GATEWAY),
            may(JwtApps.Declare.class, TOKEN),
            may(Keys.class, TOKEN),
            may(Logouts.class, GATEWAY),
            may(OneTimeValues.class, GATEWAY),
            may(PushedRequests.class, GATEWAY),
            may(RateLimits.class, GATEWAY),
            may(Registrations.class, GATEWAY),
            may(Revocations.DenyToken.class, GATEWAY),
            may(Revocations.Read.class, GATEWAY),
            may(Revocations.DenyKey.class, TOKEN),
            may(SecondFactors.Challenge.class, GATEWAY),
            may(SecondFactors.LogIn.class, GATEWAY),
            may(SecondFactors.Enrol.class, GATEWAY),
            may(SecondFactors.Remove.class, GATEWAY),
            may(SecondFactors.Reset.class, TOKEN),
            may(Sessions.class, GATEWAY),
            Map.entry(StoreHealth.class, ALL),
            may(Tenants.Find.class, GATEWAY, TOKEN),
            may(Tenants.FindByApikey.class, GATEWAY),
            may(Tenants.Declare.class, TOKEN),
            may(Users.Authenticate.class, GATEWAY),
            may(Users.AuthenticateByAssertion.class, GATEWAY),
            may(Users.Find.class, GATEWAY),
            may(Users.Vouch.class, GATEWAY),
            may(Users.LogOut.class, GATEWAY),
            may(Users.Declare.class, TOKEN),
            may(Verifiers.Report.class, GATEWAY),
            may(Verifiers.Live.class, TOKEN),
            // of the token role
            may(AssertionGrants.class, GATEWAY),
            may(ClientAssertions.class, GATEWAY),
            may(ClientDrafts.class, GATEWAY),
            may(ClientJwts.class, GATEWAY),
            may(IdTokens.class, GATEWAY),
            may(Issuer.class, GATEWAY),
            may(JwtAppTokens.class, GATEWAY),
            may(PageKeys.class, GATEWAY),
            may(Passcodes.class, GATEWAY),
            may(SigningKeys.class, TOKEN),
            Map.entry(TokenHealth.class, ALL),
            may(UpstreamAssertions.class, GATEWAY),
            may(VerificationKeys.class, GATEWAY),
            // to everybody
            may(Event.ClientChanged.class, STORE),
            may(Event.Denied.class, STORE),
            may(Event.Heartbeat.class, STORE),
            may(Event.JwtAppChanged.class, STORE),
            may(Event.KeysChanged.class, STORE, TOKEN),
            may(Event.TenantChanged.class, STORE));

    private Permissions() {}

    private static Map.Entry<Class<?>, Set<Part>> may(Class<?> messages, Part... parts) {
        return Map.entry(messages, Set.of(parts));
    }

    /** Whether a member with these parts may send it. */
    static boolean mayAsk(Set<Part> parts, Request<?> request) {
        return isAllowed(parts, request.getClass());
    }

    /** Whether a member with these parts may say it to all. */
    static boolean maySay(Set<Part> parts, Event event) {
        return isAllowed(parts, event.getClass());
    }

    private static boolean isAllowed(Set<Part> parts, Class<?> message) {
        return !Collections.disjoint(parts, allowed(message));
    }

    /** Of the message, else of its family; of nobody where neither is known. */
    static Set<Part> allowed(Class<?> message) {
        Set<Part> own = TABLE.get(message);
        if (own != null) {
            return own;
        }
        for (Class<?> family : message.getInterfaces()) {
            Set<Part> shared = TABLE.get(family);
            if (shared != null) {
                return shared;
            }
        }
        return Set.of();
    }

    /** Who answers it. */
    static Part answering(Request<?> request) {
        return request instanceof StoreRequest ? STORE : TOKEN;
    }
}
