package io.gatehouse.store;

import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Network;
import io.gatehouse.common.message.Registrations.Admit;
import io.gatehouse.common.model.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a registration counts against: anybody can ask for one, and make us fetch what it names. */
final class RegistrationThrottle {
    /** Nobody changes more often what a client is. */
    private static final Rate READS_PER_CLIENT = new Rate(60, Duration.ofHours(1));

    private final LimitsConfig config;

    RegistrationThrottle(LimitsConfig config) {
        this.config = config;
    }

    /** To reserve before anything else is done. */
    List<Limit> of(Admit request) {
        List<Limit> limits = new ArrayList<>(1);
        String network = Network.of(request.remoteAddress());
        switch (request.source()) {
            case REGISTRATION ->
                LoginThrottle.add(
                        limits, config.registrationsPerAddress(), Digest.of("registrations of address " + network));
            case METADATA_DOCUMENT ->
                LoginThrottle.add(
                        limits,
                        config.clientDocumentsPerAddress(),
                        Digest.of("client documents of address " + network));
        }
        return limits;
    }

    /** What a client counts against that looks after itself: each change begins with reading. */
    List<Limit> of(Client own) {
        return List.of(new Limit(LoginThrottle.key("registration", own.tenant(), own.clientId()), READS_PER_CLIENT));
    }
}
