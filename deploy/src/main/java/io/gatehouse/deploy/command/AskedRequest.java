package io.gatehouse.deploy.command;

import io.gatehouse.gateway.proxy.SubRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request that somebody asks about: the one of the URL, or, where that is a path of {@code /forward-auth}, the one that a
 * proxy tells of there.
 *
 * @param form which headers tell of it; null: it is the one of the URL
 */
record AskedRequest(
        String method,
        String authority,
        String target,
        @Nullable String form) {
    /** @throws UsageError where the proxy's headers are not there, each once */
    static AskedRequest of(String method, String authority, String target, ShownHeaders headers) {
        String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        SubRequest form = SubRequest.at(path);
        if (form == null) {
            return new AskedRequest(method.toUpperCase(Locale.ROOT), authority, target, null);
        }
        return form == SubRequest.PREFIXED
                ? new AskedRequest(
                        method,
                        authority,
                        target.substring(SubRequest.BEHIND.length()),
                        "the path behind " + SubRequest.BEHIND)
                : told(form.prefix(), headers);
    }

    private static AskedRequest told(String prefix, ShownHeaders headers) {
        return new AskedRequest(
                only(prefix + "Method", headers),
                only(prefix + "Host", headers),
                only(prefix + "Uri", headers),
                prefix + "Method, -Host and -Uri");
    }

    private static String only(String name, ShownHeaders headers) {
        List<String> values = headers.all(name);
        if (values.size() != 1) {
            throw new UsageError("at this path a proxy sends " + name + " once: add --header '" + name + ": ...'");
        }
        return values.getFirst();
    }
}
