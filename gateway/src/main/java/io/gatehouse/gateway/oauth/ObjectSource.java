package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import java.net.URI;

/** Fetches request objects from where their clients keep them (RFC 9101, section 5.2.3). */
public interface ObjectSource {
    /** @return the text at a registered URL; fails with invalid_request_uri where nothing fit to be one came */
    Future<String> fetch(Client client, URI place);
}
