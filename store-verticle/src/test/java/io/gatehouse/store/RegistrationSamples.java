package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.RegistrationPolicy.Mode;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.util.List;

/** Clients that nobody declared. */
public final class RegistrationSamples {
    public static final Duration LIFE = Duration.ofDays(30);
    public static final Digest ACCESS_TOKEN = Digest.of("registration access token");

    private RegistrationSamples() {}

    public static Client client(String clientId) {
        return client(Tenant.MAIN, clientId, 1);
    }

    /** @param version of the row */
    public static Client client(String tenant, String clientId, long version) {
        return client(tenant, clientId, "Name of " + clientId, Source.REGISTRATION, version);
    }

    public static Client client(String tenant, String clientId, String name, Source source, long version) {
        return new Client(
                tenant,
                clientId,
                name,
                AuthMethod.NONE,
                List.of(),
                null,
                List.of("https://app.example.org/callback"),
                List.of("authorization_code", "refresh_token"),
                List.of("code"),
                Scope.parse("openid"),
                null,
                true,
                false,
                0,
                version,
                Samples.NOW,
                null,
                null,
                null,
                null,
                new SelfRegistration(
                        source,
                        source == Source.REGISTRATION ? ACCESS_TOKEN : null,
                        false,
                        "https://app.example.org/",
                        null,
                        List.of("ops@example.org"),
                        null,
                        null,
                        null,
                        false));
    }

    public static RegistrationPolicy policy(Mode mode, long most) {
        return new RegistrationPolicy(
                mode,
                List.of(Digest.of("initial one"), Digest.of("initial two")),
                Scope.parse("openid email"),
                List.of("https://api.example.org"),
                most,
                LIFE,
                List.of(),
                true);
    }

    public static Tenant tenant(RegistrationPolicy policy) {
        return new Tenant(Tenant.MAIN, null, null, 0, List.of(), List.of(), null, policy);
    }
}
