package io.gatehouse.store;

import io.gatehouse.common.config.SessionsConfig;
import io.gatehouse.common.config.TokensConfig;
import io.gatehouse.common.model.TokenFamily;
import java.time.Duration;
import java.time.Instant;

/**
 * How long grants and the browser sessions they are given in live.
 *
 * @param replayWindow in which a spent refresh token is answered with its successor; zero: never
 * @param login of the family {@code LOGIN}
 * @param babelbird of the family {@code BABELBIRD}
 * @param loginradius of the family {@code LOGINRADIUS}
 * @param others of every other family
 * @param sessions of browser sessions
 */
public record GrantTimes(
        Duration replayWindow,
        Lifetime login,
        Lifetime babelbird,
        Lifetime loginradius,
        Lifetime others,
        SessionTimes sessions) {
    /**
     * @param ttl whatever its use
     * @param idleTtl unless used
     */
    public record Lifetime(Duration ttl, Duration idleTtl) {}

    public static GrantTimes of(TokensConfig tokens, SessionsConfig sessions) {
        return new GrantTimes(
                tokens.refreshReplayWindow(),
                new Lifetime(
                        tokens.families().login().refreshTtl(),
                        tokens.families().login().refreshIdleTtl()),
                new Lifetime(
                        tokens.families().babelbird().refreshTtl(),
                        tokens.families().babelbird().refreshIdleTtl()),
                new Lifetime(
                        tokens.families().loginradius().refreshTtl(),
                        tokens.families().loginradius().refreshIdleTtl()),
                new Lifetime(tokens.refreshTtl(), tokens.refreshIdleTtl()),
                new SessionTimes(sessions.ttl(), sessions.idleTtl()));
    }

    /** When a grant that is made now ends in any case. */
    public Instant end(TokenFamily family, Instant now) {
        return now.plus(of(family).ttl());
    }

    /** When a grant that is used now ends unless it is used again. */
    public Instant idleEnd(TokenFamily family, Instant now, Instant end) {
        Instant idle = now.plus(of(family).idleTtl());
        return idle.isBefore(end) ? idle : end;
    }

    private Lifetime of(TokenFamily family) {
        return switch (family) {
            case LOGIN -> login;
            case BABELBIRD -> babelbird;
            case LOGINRADIUS -> loginradius;
            case OAUTH -> others;
        };
    }
}
