package io.gatehouse.token;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of which tokens a token was made by exchange (RFC 8693): as soon as one of them is denied, so is it.
 *
 * @param sources the nearest first, the one that the subject was given at first last; empty: it was not made by exchange
 * @param actors who act for the subject, the current one first (section 4.1); empty: nobody does
 */
record Provenance(List<Source> sources, List<String> actors) {
    /** Of a token that was not made by exchange. */
    static final Provenance NONE = new Provenance(List.of(), List.of());

    /** The claim that holds the sources. */
    private static final String CLAIM = "src";

    private static final String ACTOR = "act";
    private static final int MOST_SOURCES = 8;
    private static final int MOST_ACTORS = 4;

    /** @param consentEpoch 0: it rested on no consent */
    record Source(String jti, String clientId, long clientEpoch, long consentEpoch, String kid) {}

    Provenance {
        sources = List.copyOf(sources);
        actors = List.copyOf(actors);
    }

    /** Whether tokens were exchanged too often, one for the other, to be verified at little cost. */
    boolean isTooLong() {
        return sources.size() > MOST_SOURCES || actors.size() > MOST_ACTORS;
    }

    /**
     * That of a token that is made of another one.
     *
     * @param actor who gets to act for the subject; null: nobody does but those who did
     */
    static Provenance of(ExchangeableToken subject, @Nullable ExchangeableToken actor) {
        List<Source> actorSources = actor == null ? List.of() : List.of(actor.source());
        List<String> current = actor == null ? List.of() : List.of(actor.sub());
        return new Provenance(
                Stream.of(actorSources, List.of(subject.source()), subject.provenance().sources)
                        .flatMap(List::stream)
                        .toList(),
                Stream.concat(current.stream(), subject.provenance().actors.stream())
                        .toList());
    }

    /** Of claims whose signature was right: it is ours, and well-formed. */
    static Provenance read(JsonNode claims) {
        List<Source> sources = new ArrayList<>();
        for (JsonNode one : claims.path(CLAIM)) {
            sources.add(new Source(
                    one.path("jti").asText(),
                    one.path("client_id").asText(),
                    one.path("cep").asLong(),
                    one.path("nep").asLong(),
                    one.path("kid").asText()));
        }
        List<String> actors = new ArrayList<>();
        for (JsonNode actor = claims.path(ACTOR); actor.isObject(); actor = actor.path(ACTOR)) {
            actors.add(actor.path("sub").asText());
        }
        return new Provenance(sources, actors);
    }

    void write(JsonGenerator json) throws IOException {
        writeActors(json);
        json.writeArrayFieldStart(CLAIM);
        for (Source source : sources) {
            json.writeStartObject();
            json.writeStringField("jti", source.jti);
            json.writeStringField("client_id", source.clientId);
            json.writeNumberField("cep", source.clientEpoch);
            if (source.consentEpoch > 0) {
                json.writeNumberField("nep", source.consentEpoch);
            }
            json.writeStringField("kid", source.kid);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Nothing where there are none. */
    void writeActors(JsonGenerator json) throws IOException {
        for (String actor : actors) {
            json.writeObjectFieldStart(ACTOR);
            json.writeStringField("sub", actor);
        }
        for (int i = 0; i < actors.size(); i++) {
            json.writeEndObject();
        }
    }
}
