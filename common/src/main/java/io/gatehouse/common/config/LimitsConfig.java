package io.gatehouse.common.config;

/**
 * Throttles; all of them are decided before any password is hashed.
 *
 * @param loginFailuresPerAccountAndAddress failed logins of one account from one address
 * @param loginFailuresPerAccount failed logins of one account from anywhere
 * @param loginAttemptsPerAddress logins from one address, good or bad
 * @param passwordHashingQueue logins that may wait for a hashing thread
 * @param passwordHashingThreads 0: half the cores, see {@link #hashingThreadsOn}
 * @param undatedLoginsPerClient logins of one client by JWTs without any time
 * @param deviceRequestsPerAddress device authorization requests (RFC 8628) from one address
 * @param deviceRequestsPerTenant device authorization requests in one tenant
 * @param userCodeFailures wrong user codes of one user
 * @param pushedRequestsPerAddress authorization requests that public clients push from one address
 * @param pushedRequestsPerTenant authorization requests that are pushed in one tenant
 * @param userCodeFailuresPerAddress wrong user codes of one address
 * @param registrationsPerAddress clients that are registered (RFC 7591) from one address
 * @param clientDocumentsPerAddress client ID metadata documents that are fetched for one address
 * @param proofsPerAddress DPoP proofs of public clients at one address
 * @param secondFactorFailuresPerAccountAndAddress wrong codes of one account from one address
 * @param secondFactorFailuresPerAccount wrong codes of one account from anywhere
 * @param signedErrorsPerAddress authorization responses that are signed to tell one address of an error
 */
public record LimitsConfig(
        @Key(doc = """
                        Failed logins of one account from one address; then 429. One more is allowed each time its share
                        of the window has passed. The embedded store counts in memory: a restart
                        forgets.""", defaultValue = "10/PT15M") Rate loginFailuresPerAccountAndAddress,

        @Key(doc = "Failed logins of one account from all addresses together; then 429.", defaultValue = "100/PT15M")
        Rate loginFailuresPerAccount,

        @Key(doc = "Logins from one address, good or bad; then 429.", defaultValue = "300/PT1M")
        Rate loginAttemptsPerAddress,

        @Key(
                doc = "Logins that may wait for a password check; further ones get 429 with Retry-After at once.",
                defaultValue = "32",
                min = "1",
                max = "10000")
        int passwordHashingQueue,

        @Key(
                doc = "Threads that check passwords; 0 is half the cores, at least one.",
                defaultValue = "0",
                min = "0",
                max = "1024")
        int passwordHashingThreads,

        @Key(doc = """
                        Logins of one client by JWTs without any time, which can be presented again and again;
                        then 429.""", defaultValue = "300/PT1M") Rate undatedLoginsPerClient,

        @Key(doc = "Requests of devices for a code from one address; then 429.", defaultValue = "60/PT1M")
        Rate deviceRequestsPerAddress,

        @Key(doc = """
                        Requests of devices for a code in one tenant by each confidential client, and by all public
                        clients together; then 429.""", defaultValue = "6000/PT1M") Rate deviceRequestsPerTenant,

        @Key(doc = """
                        Wrong codes of devices that one user types; then 429. Nobody must be able to find a code by
                        trying.""", defaultValue = "10/PT10M") Rate userCodeFailures,

        @Key(
                doc = "Authorization requests (RFC 9126) that public clients push from one address; then 429.",
                defaultValue = "300/PT1M")
        Rate pushedRequestsPerAddress,

        @Key(doc = """
                        Authorization requests (RFC 9126) that are pushed in one tenant by each confidential client, and
                        by all public clients together; then 429.""", defaultValue = "6000/PT1M") Rate pushedRequestsPerTenant,

        @Key(
                doc = "Wrong codes of devices that are typed at one address, by all users together; then 429.",
                defaultValue = "100/PT10M")
        Rate userCodeFailuresPerAddress,

        @Key(doc = "Clients that are registered (RFC 7591) from one address; then 429.", defaultValue = "20/PT1H")
        Rate registrationsPerAddress,

        @Key(
                doc = "Client ID metadata documents that requests from one address make us fetch; then 429.",
                defaultValue = "30/PT10M")
        Rate clientDocumentsPerAddress,

        @Key(doc = """
                        DPoP proofs (RFC 9449) that public clients show from one address where they have no token yet; then
                        429. Each is remembered for a minute.""", defaultValue = "300/PT1M") Rate proofsPerAddress,

        @Key(doc = """
                        Wrong codes of one account's second factor from one address, behind the right password; then
                        429.""", defaultValue = "5/PT15M") Rate secondFactorFailuresPerAccountAndAddress,

        @Key(doc = """
                        Wrong codes of one account's second factor from all addresses together, behind the right password;
                        then 429.""", defaultValue = "20/PT1H") Rate secondFactorFailuresPerAccount,

        @Key(doc = """
                        Errors of authorization requests that are signed (response_mode jwt) for requests from one address; then
                        429. Anybody may ask for one. Each node counts for itself.""", defaultValue = "300/PT1M") Rate signedErrorsPerAddress) {

    /** How many threads hash passwords on a machine with so many cores. */
    public int hashingThreadsOn(int cores) {
        return passwordHashingThreads == 0 ? Math.max(1, cores / 2) : passwordHashingThreads;
    }
}
