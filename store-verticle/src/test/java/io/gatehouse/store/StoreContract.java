package io.gatehouse.store;

import io.vertx.core.Future;
import org.junit.jupiter.api.Nested;

/**
 * What every back end promises. A back end's own test extends it and says how a store is opened; each nested class is a
 * part of {@link Store}.
 */
public abstract class StoreContract {
    /**
     * Opens the data of the running test: empty at first, and what was left when it is opened again.
     *
     * @param times of grants
     */
    protected abstract Future<? extends Store> open(GrantTimes times, SettableClock clock);

    /** Removes what has expired by the clock, all of it. */
    protected abstract Future<?> sweep(Store store);

    @Nested
    class TenantsAndKeys extends TenantContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Clients extends ClientContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class JwtApps extends JwtAppContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Users extends UserContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Codes extends CodeContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Devices extends DeviceContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Grants extends GrantContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Rotation extends RotationContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Interleavings extends InterleavingContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Revocations extends RevocationContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Sessions extends SessionContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class SessionEnds extends SessionEndContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Withdrawals extends WithdrawalContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Consents extends ConsentContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class SessionCodes extends SessionCodeContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Passwords extends PasswordContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class SecondFactors extends SecondFactorContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Logouts extends LogoutContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class OneTimeValues extends OneTimeValueContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class PushedRequests extends PushedRequestContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Registrations extends RegistrationContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }

        @Override
        void sweep() {
            Await.result(StoreContract.this.sweep(store));
        }
    }

    @Nested
    class Verifiers extends VerifierContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }

    @Nested
    class Limits extends LimitContract {
        @Override
        Future<? extends Store> open(GrantTimes times) {
            return StoreContract.this.open(times, clock);
        }
    }
}
