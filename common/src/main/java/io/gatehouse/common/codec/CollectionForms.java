package io.gatehouse.common.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists, and maps with text keys; both keep their order. */
final class CollectionForms {
    /** What is reserved before elements prove that there are so many. */
    private static final int MAX_RESERVED = 16;

    private CollectionForms() {}

    static Form list(Form element) {
        return new Form() {
            @Override
            public void write(Object value, WireWriter out) {
                List<?> list = (List<?>) value;
                out.varint(list.size());
                list.forEach(item -> element.write(item, out));
            }

            @Override
            public Object read(WireReader in) {
                int size = in.count();
                List<Object> list = new ArrayList<>(Math.min(size, MAX_RESERVED));
                for (int i = 0; i < size; i++) {
                    list.add(element.read(in));
                }
                return Collections.unmodifiableList(list);
            }

            @Override
            public Object missing() {
                return List.of();
            }
        };
    }

    static Form map(Form element) {
        return new Form() {
            @Override
            public void write(Object value, WireWriter out) {
                Map<?, ?> map = (Map<?, ?>) value;
                out.varint(map.size());
                map.forEach((key, item) -> {
                    out.text((String) key);
                    element.write(item, out);
                });
            }

            @Override
            public Object read(WireReader in) {
                int size = in.count();
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    String key = in.text();
                    if (map.containsKey(key)) {
                        throw new MalformedRecord("a map has a key twice");
                    }
                    map.put(key, element.read(in));
                }
                return Collections.unmodifiableMap(map);
            }

            @Override
            public Object missing() {
                return Map.of();
            }
        };
    }
}
