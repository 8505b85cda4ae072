package io.gatehouse.store;

import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Network;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.model.LoginName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one login counts against. It looks at the request only: whether there is such an account, and whether the
 * password is right, makes no difference.
 */
final class LoginThrottle {
    /** The users of one second may share the text of a JWT; nobody has more of them. */
    private static final Rate LOGINS_PER_JWT = new Rate(100, Duration.ofHours(1));

    private final LimitsConfig config;

    LoginThrottle(LimitsConfig config) {
        this.config = config;
    }

    /**
     * @param all to reserve before the password is looked at
     * @param failuresOnly of these, what a login that did not fail gets back
     */
    record Attempt(List<Limit> all, List<Limit> failuresOnly) {}

    Attempt attempt(String tenant, LoginName loginName, String remoteAddress) {
        LoginKey name = LoginKey.of(loginName);
        List<Limit> failures = new ArrayList<>();
        add(failures, config.loginFailuresPerAccount(), key("account", tenant, name));
        add(
                failures,
                config.loginFailuresPerAccountAndAddress(),
                key("account at " + Network.of(remoteAddress), tenant, name));
        List<Limit> all = new ArrayList<>(failures);
        add(all, config.loginAttemptsPerAddress(), Digest.of("address " + Network.of(remoteAddress)));
        return new Attempt(all, failures);
    }

    /**
     * To reserve before a login by a client's JWT that the memory of JWTs does not spend at once: one without any time can
     * be shown as often as somebody likes, one that does not name the user with as many users.
     */
    List<Limit> clientJwt(ClientJwtStatement statement) {
        List<Limit> limits = new ArrayList<>();
        String tenant = statement.tenant();
        String clientId = statement.clientId();
        if (statement.replay() == null) {
            add(limits, config.undatedLoginsPerClient(), key("undated logins", tenant, clientId));
        } else if (statement.jwt() != null) {
            String jwt = statement.jwt().value().base64Url();
            add(limits, LOGINS_PER_JWT, key("logins by a JWT", tenant, clientId + " " + jwt));
        }
        return limits;
    }

    private static Digest key(String what, String tenant, LoginKey name) {
        return key(what, tenant, name.kind() + " " + name.value());
    }

    static Digest key(String what, String tenant, String whose) {
        Bytes separator = Bytes.utf8("\0");
        return Digest.of(Bytes.utf8(what)
                .plus(separator)
                .plus(Bytes.utf8(tenant))
                .plus(separator)
                .plus(Bytes.utf8(whose)));
    }

    static void add(List<Limit> limits, Rate rate, Digest key) {
        if (!rate.unlimited()) {
            limits.add(new Limit(key, rate));
        }
    }
}
