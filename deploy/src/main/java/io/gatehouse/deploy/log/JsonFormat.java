package io.gatehouse.deploy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/**
 * One object a line, for collectors: {@code time}, {@code level}, {@code logger}, {@code message}, the key-value pairs,
 * {@code stack}. These names stay as they are.
 */
final class JsonFormat implements LineFormat {
    private static final Set<String> OURS = Set.of("time", "level", "logger", "message", "stack");

    private final TimeText time = new TimeText();

    @Override
    public void append(ILoggingEvent event, StringBuilder line) {
        line.append("{\"time\":\"");
        time.append(event.getTimeStamp(), line);
        line.append('"');
        field("level", event.getLevel().toString(), line);
        field("logger", event.getLoggerName(), line);
        field("message", event.getFormattedMessage(), line);
        for (KeyValuePair pair : LineFormat.pairs(event)) {
            append(pair, line);
        }
        if (event.getThrowableProxy() != null) {
            field("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()), line);
        }
        line.append("}\n");
    }

    private static void append(KeyValuePair pair, StringBuilder line) {
        if (pair.value == null) {
            return;
        }
        String key = OURS.contains(pair.key) ? pair.key + "_" : pair.key;
        if (isPlain(pair.value)) {
            line.append(',');
            Escapes.quoted(key, line);
            line.append(':').append(pair.value);
        } else {
            field(key, String.valueOf(pair.value), line);
        }
    }

    // NaN and infinity have no JSON form
    private static boolean isPlain(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || (value instanceof Double number && Double.isFinite(number));
    }

    private static void field(String name, String value, StringBuilder line) {
        line.append(',');
        Escapes.quoted(name, line);
        line.append(':');
        Escapes.quoted(value, line);
    }
}
