package io.gatehouse.deploy.flow;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;

/** What came back. */
record Answer(int status, HttpHeaders headers, String body) {
    JsonObject json() {
        return new JsonObject(body);
    }

    String text(String member) {
        return json().getString(member);
    }

    String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** Status and error code, as tests compare them. */
    String error() {
        return status + " " + json().getString("error");
    }
}
