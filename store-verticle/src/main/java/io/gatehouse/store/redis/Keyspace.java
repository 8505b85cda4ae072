package io.gatehouse.store.redis;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.store.Limit;
import io.gatehouse.store.copy.SpentValue;

/**
 * Names of keys: digests, so that no name of a client or user lies in Redis. Those that one script needs together share
 * a tag in braces, by which a cluster keeps them in one slot.
 */
final class Keyspace {
    private static final int OWNER_BYTES = 9;

    private final String prefix;

    /** @param incarnation of the store whose rows these belong to: several may share one Redis */
    Keyspace(String incarnation) {
        String owner = Digest.of(incarnation).value().slice(0, OWNER_BYTES).base64Url();
        this.prefix = "gatehouse:" + owner + ":";
    }

    /** Each in a slot of its own choice. */
    String code(String tenant, CodeId id) {
        return prefix + "code:{" + joined(Digest.of(tenant), id.digest()) + "}";
    }

    /** A tenant's requests and their user codes lie in one slot: they are written together, and found by either. */
    String device(String tenant, CodeId id) {
        return devices(tenant) + "code:" + id.digest().value().base64Url();
    }

    /** See {@link #device}. */
    String userCode(String tenant, Digest userCode) {
        return devices(tenant) + "user:" + userCode.value().base64Url();
    }

    private String devices(String tenant) {
        return prefix + "{device:" + Digest.of(tenant).value().base64Url() + "}:";
    }

    /** In one slot with its form. */
    String pushedRequest(String tenant, CodeId id) {
        return prefix + "pushed:{" + joined(Digest.of(tenant), id.digest()) + "}";
    }

    String pushedForm(String tenant, CodeId id) {
        return pushedRequest(tenant, id) + ":form";
    }

    /** Since when spent values are remembered. */
    String spentSince() {
        return prefix + "{spent}";
    }

    /** A one-time value of one kind must not pass for one of another. */
    String spent(SpentValue value) {
        Digest owner = Digest.of(value.clientId());
        return prefix + "{spent}:" + value.kind() + ":" + joined(Digest.of(value.tenant()), owner, value.value());
    }

    String limit(Limit limit) {
        return prefix + "{limit}:" + limit.key().value().base64Url();
    }

    private static String joined(Digest... parts) {
        Bytes all = Bytes.EMPTY;
        for (Digest part : parts) {
            all = all.plus(part.value());
        }
        return Digest.of(all).value().base64Url();
    }
}
