package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A browser at one service's host, where it keeps its cookies; at the issuer, the same person has others. */
record ServiceGuest(BareCaller service, Map<String, String> jar) {
    static final String PAGE = "Accept: text/html,application/xhtml+xml";

    static ServiceGuest at(BareCaller service) {
        return new ServiceGuest(service, new TreeMap<>());
    }

    Answer get(String target, String... headers) {
        return kept(service.get(target, sent(headers)));
    }

    Answer post(String target, String body, String... headers) {
        return kept(service.post(target, body, sent(headers)));
    }

    /** Asks for a WebSocket. */
    Answer connect(String target, String... headers) {
        return kept(service.upgrade(target, sent(headers)));
    }

    /** Those given, and the cookies. */
    String[] sent(String... headers) {
        List<String> lines = new ArrayList<>(Arrays.asList(headers));
        if (!jar.isEmpty()) {
            lines.add(jar.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; ", "Cookie: ", "")));
        }
        return lines.toArray(String[]::new);
    }

    /** A code that nobody has presented yet: from a page of the service over the login, where one is asked for. */
    String wayBack(Person person, String target) {
        Page page = person.open(get(target, PAGE).header("location"));
        return arrival(page.asksForPassword() ? person.logIn(page) : page);
    }

    /** As {@link #wayBack}, of somebody who has logged in before. */
    String wayBackUnasked(Person person, String target) {
        Page page = person.open(get(target, PAGE).header("location"));
        assertThat(page.asksForPassword()).isFalse();
        return arrival(page);
    }

    private String arrival(Page page) {
        URI back = page.location();
        assertThat(back.getAuthority()).isEqualTo(service.host());
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    private Answer kept(Answer answer) {
        for (String line : answer.headers().allValues("set-cookie")) {
            String name = line.substring(0, line.indexOf('='));
            if (line.contains("Max-Age=0")) {
                jar.remove(name);
            } else {
                jar.put(name, line.substring(line.indexOf('=') + 1, line.indexOf(';')));
            }
        }
        return answer;
    }
}
