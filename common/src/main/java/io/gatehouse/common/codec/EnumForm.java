package io.gatehouse.common.codec;

import java.util.HashMap;
import java.util.Map;

/** Enum constants by name: their order may change, their names may not. */
final class EnumForm implements Form {
    private final Map<String, Object> byName = new HashMap<>();

    EnumForm(Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            byName.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    public void write(Object value, WireWriter out) {
        out.text(((Enum<?>) value).name());
    }

    @Override
    public Object read(WireReader in) {
        Object constant = byName.get(in.text());
        if (constant == null) {
            throw new MalformedRecord("an enum constant is not known to this build");
        }
        return constant;
    }
}
