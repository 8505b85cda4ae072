package io.gatehouse.store.redis;

import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.store.Store;
import io.gatehouse.store.copy.SpentValue;
import io.vertx.core.Future;
import java.time.Instant;

final class RedisOneTimeValues implements Store.OneTimeValues {
    private final Link link;
    private final SpentValues spent;

    RedisOneTimeValues(Link link, SpentValues spent) {
        this.link = link;
        this.spent = spent;
    }

    @Override
    public Future<Boolean> spend(Spend request, Instant now) {
        return spent.spend(link::send, SpentValue.of(request), request.since(), now);
    }
}
