package io.gatehouse.deploy.flow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a request line letter by letter: the JDK's client encodes and refuses what others send. */
record BareCaller(URI base, String host) {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)\r\n");

    BareCaller(URI base) {
        this(base, base.getAuthority());
    }

    Answer send(String method, String target, String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Content-Length: 0");
        return sendLines(method, target, lines, "");
    }

    /** A GET that says nothing of a body. */
    Answer get(String target, String... headers) {
        return sendLines("GET", target, List.of(headers), "");
    }

    Answer post(String target, String body, String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        return sendLines("POST", target, lines, body);
    }

    /** A GET that asks for a WebSocket; the answer's body is what comes through it until it ends. */
    Answer upgrade(String target, String... headers) {
        List<String> lines = new ArrayList<>(List.of(
                "GET " + target + " HTTP/1.1",
                "Host: " + host,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        lines.addAll(List.of(headers));
        return exchange(lines, "");
    }

    private Answer sendLines(String method, String target, List<String> headers, String body) {
        List<String> lines =
                new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: " + host, "Connection: close"));
        lines.addAll(headers);
        return exchange(lines, body);
    }

    private Answer exchange(List<String> lines, String body) {
        String head = String.join("\r\n", lines) + "\r\n\r\n";
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            return answer(new String(whole(socket.getInputStream()), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To its announced end, or that of the connection. */
    private static byte[] whole(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            all.write(piece, 0, read);
            String text = all.toString(StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            Matcher length = LENGTH.matcher(end < 0 ? "" : text.substring(0, end + 2));
            if (length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1))) {
                break;
            }
        }
        return all.toByteArray();
    }

    private static Answer answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.computeIfAbsent(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).trim());
        }
        return new Answer(
                Integer.parseInt(lines[0].split(" ")[1]),
                HttpHeaders.of(headers, (name, value) -> true),
                text.substring(end + 4));
    }
}
