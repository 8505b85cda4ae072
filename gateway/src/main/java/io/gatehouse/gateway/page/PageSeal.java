package io.gatehouse.gateway.page;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Aead;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PageKeys.KeySet;
import io.gatehouse.common.message.PageKeys.PageKey;
import io.gatehouse.gateway.oauth.DailyKeys;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a page must remember into the page itself, so that nothing is stored for who has not logged in. A box opens for
 * the purpose, the tenant and the browser it was sealed for, within 15 minutes.
 */
public final class PageSeal {
    /** Of what a page holds. */
    static final Duration LIFE = Duration.ofMinutes(15);
    /** As text: with a path around it, it is still a request line that we read. */
    private static final int LONGEST = 8_000;

    private static final int KEY_ID_BYTES = 4;

    /** What lies in the box. */
    public record Content(Instant expiresAt, Bytes state) {}

    private final DailyKeys keys;
    private final Clock clock;

    public PageSeal(Bus bus, Clock clock) {
        this.keys = new DailyKeys(bus, clock);
        this.clock = clock;
    }

    /**
     * The text of a hidden field.
     *
     * @param purpose one word for each kind of form
     * @param state a public record
     * @return fails where it would be longer than a request can be
     */
    public Future<String> seal(String purpose, String tenant, Browser browser, Record state) {
        return seal(purpose, tenant, browser, state, LIFE);
    }

    /** As the other one, for so long. */
    Future<String> seal(String purpose, String tenant, Browser browser, Record state, Duration life) {
        return keys.find().map(found -> {
            PageKey key = found.keys().get(0);
            Content content = new Content(clock.instant().plus(life), RecordCodec.encode(state));
            Bytes box = Aead.seal(key.key().value(), RecordCodec.encode(content), bound(purpose, tenant, browser));
            return bounded(idBytes(key).plus(box).base64Url());
        });
    }

    /**
     * What was sealed.
     *
     * @param browser null: it shows no cookie, so that nothing can have been sealed for it
     * @param text null: the form has no such field
     * @return null where it is too old, or for another purpose, tenant or browser, or not ours
     */
    public <T extends Record> Future<@Nullable T> open(
            String purpose, String tenant, @Nullable Browser browser, @Nullable String text, Class<T> type) {
        Bytes box = text == null || text.length() > LONGEST ? null : Base64Url.decode(text);
        if (browser == null || box == null || box.length() <= KEY_ID_BYTES) {
            return Future.succeededFuture(null);
        }
        Bytes bound = bound(purpose, tenant, browser);
        return keys.find().map(found -> {
            Content content = open(found, box, bound);
            return content == null || !clock.instant().isBefore(content.expiresAt())
                    ? null
                    : RecordCodec.decode(content.state(), type);
        });
    }

    private static @Nullable Content open(KeySet keys, Bytes box, Bytes bound) {
        Bytes id = box.slice(0, KEY_ID_BYTES);
        for (PageKey key : keys.keys()) {
            if (idBytes(key).equals(id)) {
                Bytes content = Aead.open(key.key().value(), box.slice(KEY_ID_BYTES, box.length()), bound);
                return content == null ? null : RecordCodec.decode(content, Content.class);
            }
        }
        return null;
    }

    /** No purpose or tenant has a line break in it. */
    private static Bytes bound(String purpose, String tenant, Browser browser) {
        return Bytes.utf8(purpose + "\n" + tenant + "\n").plus(browser.digest().value());
    }

    private static Bytes idBytes(PageKey key) {
        return Bytes.owned(ByteBuffer.allocate(KEY_ID_BYTES).putInt(key.id()).array());
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST) {
            throw OAuthError.failure(Code.URI_TOO_LONG, "the request is too long: leave out what it does not need");
        }
        return text;
    }
}
