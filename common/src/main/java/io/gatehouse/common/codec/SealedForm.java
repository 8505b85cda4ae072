package io.gatehouse.common.codec;

import java.util.HashMap;
import java.util.Map;

/** A sealed interface: the short name of the record, then the record. The permitted records are the allow-list. */
final class SealedForm implements Form {
    private final Map<String, Form> byName = new HashMap<>();

    SealedForm(Class<?> type) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            boolean isNew = byName.putIfAbsent(permitted.getSimpleName(), Forms.of(permitted)) == null;
            if (!permitted.isRecord() || !isNew) {
                throw new IllegalArgumentException(permitted.getName() + " is no record, or not the only one so named");
            }
        }
    }

    @Override
    public void write(Object value, WireWriter out) {
        String name = value.getClass().getSimpleName();
        out.text(name);
        form(name).write(value, out);
    }

    @Override
    public Object read(WireReader in) {
        return form(in.text()).read(in);
    }

    private Form form(String name) {
        Form form = byName.get(name);
        if (form == null) {
            throw new MalformedRecord("an alternative is not known to this build");
        }
        return form;
    }
}
