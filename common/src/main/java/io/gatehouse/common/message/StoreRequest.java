package io.gatehouse.common.message;

/** Answered by the store role. */
public sealed interface StoreRequest<R> extends Request<R>
        permits Tenants,
                Clients,
                Users,
                Codes,
                Grants,
                Revocations,
                Keys,
                JwtApps,
                Sessions,
                SecondFactors,
                Logouts,
                OneTimeValues,
                PushedRequests,
                Registrations,
                RateLimits,
                Devices,
                Verifiers,
                StoreHealth {}
