package io.gatehouse.deploy.flow;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person sees, or the redirect that led away from the server. */
record Page(URI uri, int status, HttpHeaders headers, String body) {
    boolean isRedirect() {
        return status == 302 || status == 303;
    }

    URI location() {
        String location = headers.firstValue("Location").orElseThrow(() -> new AssertionError("no Location"));
        return uri.resolve(location);
    }

    /** What a redirect brings the client, in its query. */
    Map<String, String> answer() {
        return parameters(location().getRawQuery());
    }

    /** What a redirect brings the client, behind the {@code #}. */
    Map<String, String> fragment() {
        return parameters(location().getRawFragment());
    }

    String code() {
        String code = answer().get("code");
        if (code == null) {
            throw new AssertionError("no code: " + status + " " + answer());
        }
        return code;
    }

    boolean hasForm() {
        return !PageForm.all(body).isEmpty();
    }

    boolean asksForPassword() {
        return body.contains("type=\"password\"");
    }

    PageForm form() {
        List<PageForm> forms = PageForm.all(body);
        if (forms.size() != 1) {
            throw new AssertionError(forms.size() + " forms on a page of status " + status);
        }
        return forms.get(0);
    }

    List<PageForm> forms() {
        return PageForm.all(body);
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded == null ? new String[0] : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
            String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            if (parameters.put(name, value) != null) {
                throw new AssertionError(name + " comes twice");
            }
        }
        return parameters;
    }
}
