package io.gatehouse.common.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client tells of itself that no client of the configuration needs to (RFC 7591, section 2).
 *
 * @param clientUri a page about it, or null
 * @param logoUri an image, or null
 * @param contacts of those who are responsible for it
 * @param softwareId what all instances of it share, or null
 * @param softwareVersion changes with each of its updates, or null
 */
public record SoftwareMetadata(
        @Key(doc = "A page about the client.", max = "2048") @Nullable
        String clientUri,

        @Key(doc = "An image for the client.", max = "2048") @Nullable
        String logoUri,

        @Key(doc = "How to reach those who are responsible for the client.", max = "320")
        List<String> contacts,

        @Key(doc = "What all instances of the software share.", max = "200") @Nullable
        String softwareId,

        @Key(doc = "The version of the software.", max = "200") @Nullable
        String softwareVersion)
        implements Checked {
    /** Copies its list. */
    public SoftwareMetadata {
        contacts = List.copyOf(contacts);
    }

    @Override
    public void check(Rules rules) {
        checkPage(clientUri, "client_uri", rules);
        checkPage(logoUri, "logo_uri", rules);
    }

    private static void checkPage(@Nullable String page, String key, Rules rules) {
        if (page != null) {
            rules.refuse(WebUrls.pageFlaw(page), key);
        }
    }
}
