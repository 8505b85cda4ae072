package io.gatehouse.common.config;

import java.util.List;
import java.util.Map;

/** Writes the configuration in effect, as YAML and without secrets. */
final class ConfigDump {
    private final StringBuilder out = new StringBuilder();

    private ConfigDump() {}

    static String render(GatehouseConfig config) {
        ConfigDump dump = new ConfigDump();
        dump.section(SectionSpec.ROOT, config, "", "");
        return dump.out.toString();
    }

    /** Writes the keys of a record; the first line may stand behind the dash of a list. */
    private void section(SectionSpec spec, Record record, String firstIndent, String indent) {
        String margin = firstIndent;
        for (KeySpec key : spec.keys()) {
            out.append(margin).append(key.name()).append(':');
            Object value = key.read(record);
            if (value == null) {
                out.append(" null\n");
            } else if (key.section() == null) {
                out.append(' ').append(plain(key, value)).append('\n');
            } else {
                below(key.section(), value, indent);
            }
            margin = indent;
        }
    }

    private void below(SectionSpec spec, Object value, String indent) {
        if (value instanceof Record record) {
            out.append('\n');
            section(spec, record, indent + "  ", indent + "  ");
            return;
        }
        List<?> records = (List<?>) value;
        out.append(records.isEmpty() ? " []\n" : "\n");
        for (Object record : records) {
            section(spec, (Record) record, indent + "  - ", indent + "    ");
        }
    }

    private static String plain(KeySpec key, Object value) {
        if (key.hidden()) {
            return YamlText.of(SecretValue.MASK);
        }
        return switch (value) {
            case List<?> list -> YamlText.list(list);
            case Map<?, ?> map -> YamlText.map(map);
            default -> YamlText.of(value);
        };
    }
}
