package io.gatehouse.gateway.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.Branding;
import io.gatehouse.gateway.http.Reply;
import org.jspecify.annotations.Nullable;

/** The one style sheet in each tenant's colour. Its URL names its content, so that browsers may keep it. */
final class StyleSheet {
    private static final String NO_COLOR = "";
    private static final int MAX_AGE_SECONDS = 86_400;
    private static final int VERSION_LENGTH = 12;

    /** @param version goes with the content */
    private record Colored(String version, Reply reply) {}

    private final String sheet = Asset.read("style.css");
    private final Cache<String, Colored> colored =
            Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();

    /** The query of its URL. */
    String version(@Nullable Branding branding) {
        return in(branding).version();
    }

    Reply reply(@Nullable Branding branding) {
        return in(branding).reply();
    }

    private Colored in(@Nullable Branding branding) {
        String color = branding == null || branding.color() == null ? NO_COLOR : branding.color();
        return colored.get(color, this::color);
    }

    private Colored color(String color) {
        String css = color.equals(NO_COLOR) ? sheet : Accent.of(color).css() + sheet;
        String version = Digest.of(css).value().base64Url().substring(0, VERSION_LENGTH);
        return new Colored(version, Asset.reply("text/css; charset=utf-8", css, MAX_AGE_SECONDS));
    }
}
