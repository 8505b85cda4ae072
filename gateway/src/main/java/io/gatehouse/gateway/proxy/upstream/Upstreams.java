package io.gatehouse.gateway.proxy.upstream;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which server of a service gets the next request. Of one event loop; it is told how each request ended. */
public interface Upstreams {
    /**
     * The server for the next attempt.
     *
     * @param service all of its servers, as its route names them
     * @param tried those that this request was sent to already
     * @return null: there is none but those
     */
    @Nullable
    Upstream next(List<URI> service, Set<Upstream> tried);

    /** A request is on its way to it. One of the two below follows, once. */
    void begun(Upstream upstream);

    /** Its answer has ended as it should, or its sender went away. */
    void succeeded(Upstream upstream);

    /** It could not be reached, gave no answer in time, or broke off. */
    void failed(Upstream upstream);
}
