package io.gatehouse.gateway.proxy.upstream;

/**
 * How many requests may be sent again: one for every so many that are sent at all, so that a service which fails gets hardly
 * more of them than one that does not.
 */
final class RetryBudget {
    /** One retry for five requests. */
    static final int PRICE = 5;
    /** Retries that can be saved up; a service with few requests begins with them. */
    static final int MOST_SAVED = 10;

    private int saved = MOST_SAVED * PRICE;

    /** A request is sent for the first time. */
    void deposit() {
        saved = Math.min(saved + 1, MOST_SAVED * PRICE);
    }

    /** Whether one may be sent again, which is paid for herewith. */
    boolean withdraw() {
        if (saved < PRICE) {
            return false;
        }
        saved -= PRICE;
        return true;
    }
}
