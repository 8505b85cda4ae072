package io.gatehouse.common.config;

import org.jspecify.annotations.Nullable;

/**
 * The listener for health and for the operator.
 *
 * @param host a name or an IP address to listen on
 * @param port 0 takes any free port
 * @param token what the operator's commands show, or null: the node makes a file of its own beside the embedded store
 */
public record ManagementConfig(
        @Key(doc = "The address or name to listen on.", defaultValue = "127.0.0.1", min = "1", max = "253")
        String host,

        @Key(doc = "The port to listen on; 0 takes any free one.", defaultValue = "8081", min = "0", max = "65535")
        int port,

        @Key(doc = """
                        The credential that every call of this listener needs but those for health and metrics: at least 32
                        characters, best as file:PATH. The commands gatehouse keys and gatehouse users show it. Default: admin.token,
                        a file of mode 0600 in the data folder of the embedded store, made at the first start; with another store
                        nobody may command without this key.""", onlyFor = Role.TOKEN, min = "32", max = "512") @Nullable
        SecretValue token)
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
