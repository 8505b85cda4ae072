package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What a user may ask about itself, once a token showed who it is. */
public final class SubjectService {
    private final Bus bus;
    private final RevocationList revocations;

    SubjectService(Bus bus, RevocationList revocations) {
        this.bus = bus;
        this.revocations = revocations;
    }

    /** Null where the user is gone. */
    public Future<@Nullable UserProfile> find(String tenant, String subject) {
        return bus.ask(new Users.Find(tenant, subject)).map(Users.Found::user);
    }

    /** The store's word on a user, a {@link io.gatehouse.common.message.ProfileStatement}; null where it may not log in. */
    public Future<@Nullable Attestation> vouch(String tenant, String subject) {
        return bus.ask(new Users.Vouch(tenant, subject)).map(Users.Vouched::profile);
    }

    /** Ends everything that was given to the user so far, on all devices. */
    public Future<Void> logOut(String tenant, String subject) {
        return bus.ask(new Users.LogOut(tenant, subject)).map(loggedOut -> {
            revocations.add(loggedOut.denials());
            return null;
        });
    }

    /** Whose refresh token this is; null where it is not valid now. */
    public Future<@Nullable String> subjectOf(String tenant, String clientId, String refreshToken) {
        RefreshToken token = RefreshToken.parse(refreshToken);
        if (token == null) {
            return Future.succeededFuture(null);
        }
        return bus.ask(new Grants.Find(tenant, clientId, token.grant(), token.familyDigest(), token.secretDigest()))
                .map(found -> found.grant() == null ? null : found.grant().subject());
    }
}
