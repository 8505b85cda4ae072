package io.gatehouse.deploy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** {@code 2026-01-02T03:04:05.678Z INFO  TokenEndpoint [request] message key=value}, for people. */
final class TextFormat implements LineFormat {
    private final TimeText time = new TimeText();

    @Override
    public void append(ILoggingEvent event, StringBuilder line) {
        time.append(event.getTimeStamp(), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(level.length() < 5 ? "  " : " ");
        line.append(LineFormat.shortName(event.getLoggerName())).append(' ');
        List<KeyValuePair> pairs = LineFormat.pairs(event);
        for (KeyValuePair pair : pairs) {
            requestId(pair, line);
        }
        Escapes.plain(event.getFormattedMessage(), line);
        for (KeyValuePair pair : pairs) {
            append(pair, line);
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    private static void requestId(KeyValuePair pair, StringBuilder line) {
        if (pair.key.equals(REQUEST_ID) && pair.value != null) {
            line.append('[');
            Escapes.plain(pair.value.toString(), line);
            line.append("] ");
        }
    }

    private static void append(KeyValuePair pair, StringBuilder line) {
        if (pair.key.equals(REQUEST_ID) || pair.value == null) {
            return;
        }
        String value = pair.value.toString();
        line.append(' ').append(pair.key).append('=');
        if (needsQuotes(value)) {
            Escapes.quoted(value, line);
        } else {
            Escapes.plain(value, line);
        }
    }

    private static boolean needsQuotes(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == '"' || c == '=') {
                return true;
            }
        }
        return value.isEmpty();
    }
}
