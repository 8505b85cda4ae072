package io.gatehouse.deploy.process;

import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Aead;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKeySet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Secrets by name, each in every form in which it can lie in memory. */
final class Secrets {
    private final Map<String, List<byte[]>> all = new TreeMap<>();

    Map<String, List<byte[]>> all() {
        return all;
    }

    Secrets text(String name, String text) {
        all.put(name, texts(text).toList());
        return this;
    }

    /** Also in the texts that keys are written in, and the other way round in memory. */
    Secrets key(String name, byte[] key) {
        byte[] reversed = key.clone();
        for (int i = 0; i < key.length; i++) {
            reversed[i] = key[key.length - 1 - i];
        }
        Stream<byte[]> written = Stream.of(
                        Base64.getEncoder().withoutPadding().encodeToString(key),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(key),
                        HexFormat.of().formatHex(key))
                .flatMap(Secrets::texts);
        all.put(name, Stream.concat(Stream.of(key, reversed), written).toList());
        return this;
    }

    private static Stream<byte[]> texts(String text) {
        return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)
                .map(text::getBytes);
    }

    /** What a master key opens, and it itself. */
    Secrets masterKey(String base64, byte[] keySetRow) {
        byte[] master = Base64.getDecoder().decode(base64);
        Bytes sealing = Hkdf.derive(Bytes.of(master), "gatehouse key sealing v1");
        key("master key", master);
        key("sealing key", sealing.toArray());
        SealedKeySet set =
                RecordCodec.decode(Bytes.of(Arrays.copyOfRange(keySetRow, 1, keySetRow.length)), SealedKeySet.class);
        for (SealedKey key : set.keys()) {
            Bytes opened = Aead.open(sealing, key.privateJwk().box(), place(set.tenant(), key));
            privateParts(opened.utf8())
                    .forEach((part, value) -> key(
                            "signing key " + key.algorithm() + " " + part,
                            Base64.getUrlDecoder().decode(value)));
        }
        return this;
    }

    private static Map<String, String> privateParts(String jwk) {
        try {
            Map<String, Object> members = JWK.parse(jwk).toJSONObject();
            return Stream.of("d", "p", "q", "dp", "dq", "qi")
                    .filter(members::containsKey)
                    .collect(Collectors.toMap(name -> name, name -> (String) members.get(name)));
        } catch (ParseException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    /** As the token role binds a box to its place. */
    private static Bytes place(String tenant, SealedKey key) {
        Bytes place = Bytes.utf8("gatehouse signing key v1");
        for (String part :
                new String[] {tenant, "tenant", "sig", key.algorithm().jwsName(), key.kid()}) {
            Bytes text = Bytes.utf8(part);
            place = place.plus(Bytes.owned(
                            ByteBuffer.allocate(4).putInt(text.length()).array()))
                    .plus(text);
        }
        return place;
    }
}
