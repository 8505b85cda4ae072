package io.gatehouse.deploy.process;

import java.io.IOException;

/** One of those that keep a node busy. */
interface LoadClient {
    /** Does it once more; fails where the node is gone. */
    void work() throws IOException, InterruptedException;

    /** Holds a node to every answer that was given. */
    void check(Caller caller) throws IOException, InterruptedException;
}
