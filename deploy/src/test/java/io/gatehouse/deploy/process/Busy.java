package io.gatehouse.deploy.process;

import java.util.Map;

/** What nodes under load are told, and how often tests do their worst to them. */
final class Busy {
    /** Everything is counted, as usual, and nothing is too much. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "GATEHOUSE_LIMITS_LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS", "100000/PT1M",
            "GATEHOUSE_LIMITS_LOGIN_FAILURES_PER_ACCOUNT", "100000/PT1M",
            "GATEHOUSE_LIMITS_LOGIN_ATTEMPTS_PER_ADDRESS", "100000/PT1M",
            "GATEHOUSE_LIMITS_PASSWORD_HASHING_QUEUE", "100",
            "GATEHOUSE_LOG_LEVEL", "info",
            // an exchange whose answer was lost in the kill is repeated after the restart, however long that takes here
            "GATEHOUSE_TOKENS_REFRESH_REPLAY_WINDOW", "PT1M");

    /** Granted before each kill. */
    static final int ANSWERS = 400;

    private static final String ROUNDS = "gatehouse.rounds";
    private static final String REVOCATIONS = "gatehouse.revocations";

    private Busy() {}

    /** Kills for each kind of server; {@code -Dgatehouse.rounds=50} for more of them. */
    static int rounds() {
        return Integer.getInteger(ROUNDS, 2);
    }

    /** Kills of each role of a cluster, which is set up once for all of them. */
    static int kills() {
        return Integer.getInteger(ROUNDS, 3);
    }

    /** Tokens that are revoked one after the other; {@code -Dgatehouse.revocations=1000} for more of them. */
    static int revocations() {
        return Integer.getInteger(REVOCATIONS, 20);
    }

    /** For who asked for many revocations and waits. */
    static void tell(String measured) {
        if (System.getProperty(REVOCATIONS) != null) {
            System.out.println("measured " + measured);
        }
    }

    /** For who asked for many and waits. */
    static void tell(int round, String done) {
        if (System.getProperty(ROUNDS) != null) {
            System.out.println(
                    "round " + round + " of " + System.getProperty(ROUNDS) + ": " + done + ", every answer holds");
        }
    }
}
