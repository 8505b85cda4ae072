package io.gatehouse.gateway.proxy;

/** The routes that count now, for all event loops of a process: another configuration replaces them all at once. */
public final class Routes {
    private volatile RouteTable table;

    public Routes(RouteTable table) {
        this.table = table;
    }

    public RouteTable table() {
        return table;
    }

    public void replace(RouteTable other) {
        this.table = other;
    }
}
