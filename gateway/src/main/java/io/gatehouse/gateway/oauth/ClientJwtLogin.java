package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.Cidr;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.ClientJwts;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Putting;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A code for a user whom a client vouches for by a JWT of its own. The token role checks the JWT, the store spends it and
 * finds the user.
 */
public final class ClientJwtLogin {
    /**
     * @param family of the tokens that the code gives
     * @param selector whom the request names; null: nobody
     * @param remoteAddress from where it came
     * @param codeLife how long the code may wait
     * @param redirectUri where the code is to be sent, which must be registered; null: it is answered
     */
    public record Request(
            String tenant,
            String clientId,
            TokenFamily family,
            Secret jwt,
            @Nullable LoginName selector,
            String remoteAddress,
            Duration codeLife,
            @Nullable String redirectUri) {}

    private final Bus bus;
    private final ClientDirectory clients;
    private final Clock clock;

    ClientJwtLogin(Bus bus, ClientDirectory clients, Clock clock) {
        this.bus = bus;
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * @return the code; fails with invalid_client, with invalid_request for a redirect URI that is not the client's, with
     *     access_denied where client or user may not, and with invalid_grant for a JWT that does not count
     */
    public Future<Secret> login(Request request) {
        return clients.find(bus, request.tenant(), request.clientId()).compose(known -> {
            if (known == null || known.client().disabled()) {
                throw OAuthError.failure(Code.INVALID_CLIENT, "there is no such client");
            }
            check(known, request);
            return bus.ask(new ClientJwts.Verify(
                            request.tenant(), known.statement(), request.family(), request.jwt(), request.selector()))
                    .compose(verified -> put(verified, request.codeLife()));
        });
    }

    private static void check(KnownClient known, Request request) {
        if (known.client().jwtLogin() == null) {
            throw denied("this client may not log users in by JWT");
        }
        if (!known.loginNetworks().isEmpty() && !isWithin(known.loginNetworks(), request.remoteAddress())) {
            throw denied("this client may not log users in from this address");
        }
        // before the JWT is looked at: a mistake in the URL must not spend it
        String redirectUri = request.redirectUri();
        if (redirectUri != null && !known.client().redirectUris().contains(redirectUri)) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "redirect_uri is not registered for this client");
        }
    }

    private static boolean isWithin(List<Cidr> networks, String remoteAddress) {
        try {
            InetAddress address = Cidr.parse(remoteAddress).network();
            return networks.stream().anyMatch(network -> network.contains(address));
        } catch (IllegalArgumentException notGlobal) {
            // An address with a zone, fe80::1%eth0, means something on one link only: no block has it.
            return false;
        }
    }

    private Future<Secret> put(ClientJwts.Verified verified, Duration life) {
        Instant expiresAt = clock.instant().plus(life);
        CodeId.Made made = CodeId.make(expiresAt);
        return bus.ask(new Codes.PutByClientJwt(verified.statement(), made.id(), expiresAt))
                .map(putting -> switch (putting) {
                    case Putting.Stored stored -> made.code();
                    case Putting.Refused refused -> throw refusal(refused.reason());
                });
    }

    /** An unknown and a disabled user are the same refusal: a client must not learn who exists. */
    private static RuntimeException refusal(Codes.PutRefusal reason) {
        return switch (reason) {
            case REPLAYED ->
                OAuthError.failure(Code.INVALID_GRANT, "the jwt_token was used before: make a new one each time");
            case SUBJECT_REFUSED -> denied("the user may not log in");
            case CLIENT_REFUSED -> denied("this client may not log users in by JWT");
        };
    }

    private static RuntimeException denied(String description) {
        return OAuthError.failure(Code.ACCESS_DENIED, description);
    }
}
