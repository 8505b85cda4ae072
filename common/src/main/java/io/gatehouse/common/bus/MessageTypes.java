package io.gatehouse.common.bus;

import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Request;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every record that may cross the bus, by its short name: the requests and events of the sealed families and the
 * replies their type arguments name. Whatever is not here is refused; a name on the wire never loads a class.
 */
final class MessageTypes {
    private static final Map<Class<?>, Class<?>> REPLY_BY_REQUEST = new HashMap<>();
    private static final Map<String, Class<? extends Record>> BY_NAME = collect();

    private MessageTypes() {}

    static @Nullable Class<? extends Record> byName(String name) {
        return BY_NAME.get(name);
    }

    static Collection<Class<? extends Record>> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    /** Whether {@code reply} is of the type that answers {@code request}. */
    static boolean answers(Request<?> request, @Nullable Object reply) {
        Class<?> type = REPLY_BY_REQUEST.get(request.getClass());
        return type != null && type.isInstance(reply);
    }

    /** {@code Grants.Rotate}: the enclosing type's simple name, where there is one, and its own. */
    static String nameOf(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return enclosing == null ? type.getSimpleName() : enclosing.getSimpleName() + "." + type.getSimpleName();
    }

    private static Map<String, Class<? extends Record>> collect() {
        Map<String, Class<? extends Record>> types = new LinkedHashMap<>();
        add(Request.class, types);
        add(Event.class, types);
        return types;
    }

    private static void add(Class<?> type, Map<String, Class<? extends Record>> types) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                add(permitted, types);
            }
            return;
        }
        Class<? extends Record> known = types.putIfAbsent(nameOf(type), type.asSubclass(Record.class));
        if (known != null && known != type) {
            throw new IllegalStateException("two messages are named " + nameOf(type));
        }
        if (Request.class.isAssignableFrom(type)) {
            Class<?> reply = replyOf(type);
            REPLY_BY_REQUEST.put(type, reply);
            add(reply, types);
        }
    }

    private static Class<?> replyOf(Class<?> request) {
        for (Type parent : request.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType family) {
                return (Class<?>) family.getActualTypeArguments()[0];
            }
        }
        throw new IllegalStateException(nameOf(request) + " names no reply");
    }
}
