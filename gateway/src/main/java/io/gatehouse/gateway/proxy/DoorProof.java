package io.gatehouse.gateway.proxy;

import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.gateway.oauth.ShownProof;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * DPoP proofs at the door (RFC 9449, section 4.3): they are for the request as its sender made it. What they name is read as
 * requests are read here, so that what could be read in two ways is named by none.
 */
final class DoorProof {
    private static final String HEADER = "DPoP";

    private DoorProof() {}

    /** Null where the request has none. */
    static @Nullable ShownProof of(Visit visit) {
        List<String> shown = visit.exchange().headers(HEADER);
        if (shown.isEmpty()) {
            return null;
        }
        OriginalRequest request = visit.request();
        String place = request.host().text() + request.path().text();
        return new ShownProof(shown.getFirst(), request.method(), place, named -> isOf(visit, named), null);
    }

    private static boolean isOf(Visit visit, String named) {
        try {
            URI uri = new URI(named);
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            return plain
                    && uri.getScheme() != null
                    && uri.getRawAuthority() != null
                    && visit.isBy(uri.getScheme().toLowerCase(Locale.ROOT))
                    && RequestHost.read(uri.getRawAuthority())
                            .equals(visit.request().host())
                    && path(uri).equals(visit.request().path());
        } catch (URISyntaxException | OAuthFailure odd) {
            return false;
        }
    }

    private static RequestPath path(URI uri) {
        return RequestPath.read(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    }
}
