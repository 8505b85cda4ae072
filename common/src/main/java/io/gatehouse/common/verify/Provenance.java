package io.gatehouse.common.verify;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which tokens a token was made by exchange (RFC 8693): as soon as one of them is denied, so is it.
 *
 * @param sources the one that the subject was given at first is the last; there is one at least
 * @param actors who act for the subject, the current one first (section 4.1); empty: nobody does
 */
public record Provenance(List<Source> sources, List<String> actors) {
    /** The claim that holds the sources. */
    private static final String CLAIM = "src";

    private static final String ACTOR = "act";
    private static final int SOURCE_FOOTPRINT = 350;

    /**
     * A token that it was made of.
     *
     * @param consentEpoch generation of the consent that it rested on; 0: none
     * @param kid the key it was signed with
     */
    public record Source(String jti, String clientId, long clientEpoch, long consentEpoch, String kid) {}

    public Provenance {
        sources = List.copyOf(sources);
        actors = List.copyOf(actors);
    }

    /** The client that the subject's first token was given to. */
    String firstClient() {
        return sources.getLast().clientId();
    }

    /** The claim {@code act}; null where nobody acts for the subject. */
    public @Nullable JsonObject act() {
        JsonObject act = null;
        for (String actor : actors.reversed()) {
            JsonObject outer = new JsonObject().put("sub", actor);
            act = act == null ? outer : outer.put(ACTOR, act);
        }
        return act;
    }

    /** About how many bytes of the heap it takes. */
    int footprint() {
        return sources.size() * SOURCE_FOOTPRINT + actors.size() * 100;
    }

    /**
     * Null where it was made of none.
     *
     * @throws RuntimeException where a claim is missing or of another type
     */
    static @Nullable Provenance read(JsonObject claims) {
        JsonArray told = (JsonArray) claims.getValue(CLAIM);
        if (told == null) {
            return null;
        }
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            sources.add(source(told.getJsonObject(i)));
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("an exchanged token says what it was made of");
        }
        List<String> actors = new ArrayList<>();
        for (JsonObject act = claims.getJsonObject(ACTOR); act != null; act = act.getJsonObject(ACTOR)) {
            actors.add(AccessToken.required(act, "sub"));
        }
        return new Provenance(sources, actors);
    }

    private static Source source(JsonObject source) {
        return new Source(
                AccessToken.required(source, "jti"),
                AccessToken.required(source, "client_id"),
                source.getLong("cep", 0L),
                source.getLong("nep", 0L),
                AccessToken.required(source, "kid"));
    }
}
