package io.gatehouse.store.redis;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.store.Limit;

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
    String spentJwt(ClientJwtStatement statement, Digest replay) {
        Digest owner = Digest.of(statement.clientId());
        return prefix + "{spent}:client_jwt:" + joined(Digest.of(statement.tenant()), owner, replay);
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
