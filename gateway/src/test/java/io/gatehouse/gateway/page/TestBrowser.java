package io.gatehouse.gateway.page;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a form needs: it keeps cookies and finds hidden fields. It follows no redirect by itself. */
final class TestBrowser {
    private final TestGateway gateway;
    final Map<String, String> cookies = new LinkedHashMap<>();

    TestBrowser(TestGateway gateway) {
        this.gateway = gateway;
    }

    RawReply get(String path, String... headers) {
        return kept(gateway.get(path, with(headers)));
    }

    RawReply post(String path, String form, String... headers) {
        return kept(gateway.postForm(path, form, with(headers)));
    }

    /** To where the reply sends it, which must be the gateway itself. */
    RawReply follow(RawReply redirect) {
        String location = redirect.header("location");
        if (!location.startsWith("/")) {
            throw new AssertionError("leads elsewhere: " + location);
        }
        return get(location);
    }

    private String[] with(String... headers) {
        if (cookies.isEmpty()) {
            return headers;
        }
        String line = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ", "Cookie: ", ""));
        String[] all = List.of(headers).toArray(new String[headers.length + 1]);
        all[headers.length] = line;
        return all;
    }

    private RawReply kept(RawReply reply) {
        for (String line : reply.headers().getOrDefault("set-cookie", List.of())) {
            String name = line.substring(0, line.indexOf('='));
            String value = line.substring(line.indexOf('=') + 1, line.indexOf(';'));
            if (line.contains("Max-Age=0")) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
        return reply;
    }

    /** The value of a hidden field. */
    static String field(RawReply page, String name) {
        Matcher matcher = Pattern.compile("<input type=\"hidden\" name=\"" + name + "\" value=\"([^\"]*)\"")
                .matcher(page.body());
        if (!matcher.find()) {
            throw new AssertionError("no field " + name + " in " + page);
        }
        return matcher.group(1);
    }

    /** @param pairs names and values, as they are */
    static String form(String... pairs) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }
}
