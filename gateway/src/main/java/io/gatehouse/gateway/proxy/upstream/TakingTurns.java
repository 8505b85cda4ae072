package io.gatehouse.gateway.proxy.upstream;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One after the other, however they do. */
public final class TakingTurns implements Upstreams {
    private int turn;

    @Override
    public @Nullable Upstream next(List<URI> service, Set<Upstream> tried) {
        turn = (turn + 1) & Integer.MAX_VALUE;
        for (int i = 0; i < service.size(); i++) {
            Upstream upstream = Upstream.of(service.get((turn + i) % service.size()));
            if (!tried.contains(upstream)) {
                return upstream;
            }
        }
        return null;
    }

    @Override
    public void begun(Upstream upstream) {}

    @Override
    public void succeeded(Upstream upstream) {}

    @Override
    public void failed(Upstream upstream) {}
}
