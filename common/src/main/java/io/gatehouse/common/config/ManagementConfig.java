package io.gatehouse.common.config;

/**
 * The listener for health.
 *
 * @param host a name or an IP address to listen on
 * @param port 0 takes any free port
 */
public record ManagementConfig(
        @Key(doc = "The address or name to listen on.", defaultValue = "127.0.0.1", min = "1", max = "253")
        String host,

        @Key(doc = "The port to listen on; 0 takes any free one.", defaultValue = "8081", min = "0", max = "65535")
        int port)
        implements Checked {

    /** Whether only this machine can reach the listener. */
    public boolean onLoopback() {
        return LoopbackHost.matches(host);
    }

    @Override
    public void check(Rules rules) {
        rules.require(ListenAddress.isHost(host), "host", ListenAddress.ADVICE);
    }
}
