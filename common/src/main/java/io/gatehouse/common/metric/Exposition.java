package io.gatehouse.common.metric;

/** Metrics in the text format of Prometheus, version 0.0.4. Whoever adds a label sees to it that it has few values. */
public final class Exposition {
    /** The media type of {@link #text}. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder out = new StringBuilder();
    private String family = "";

    /** Begins a family of numbers that only grow while the process runs; its name ends in {@code _total}. */
    public Exposition counter(String name, String help) {
        return begin(name, "counter", help);
    }

    /** Begins a family of numbers that go up and down. */
    public Exposition gauge(String name, String help) {
        return begin(name, "gauge", help);
    }

    private Exposition begin(String name, String type, String help) {
        family = name;
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /**
     * Adds a number to the family that was begun last.
     *
     * @param labels names and values in turn
     */
    public Exposition add(long value, String... labels) {
        out.append(family);
        for (int i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            out.append(escaped(labels[i + 1])).append('"');
        }
        out.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
        return this;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** What was added so far. */
    public String text() {
        return out.toString();
    }
}
