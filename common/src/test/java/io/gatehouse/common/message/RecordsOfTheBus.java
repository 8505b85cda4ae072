package io.gatehouse.common.message;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.User;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;

/** Every record type that messages, statements and rows are made of. */
public final class RecordsOfTheBus {
    private RecordsOfTheBus() {}

    public static Set<Class<? extends Record>> all() {
        Set<Class<? extends Record>> types = new LinkedHashSet<>();
        for (Type root : new Type[] {
            Request.class,
            Event.class,
            Ticket.class,
            ClientStatement.class,
            ClientJwtStatement.class,
            AssertionStatement.class,
            JwtAppStatement.class,
            ProfileStatement.class,
            LogoutStatement.class,
            SessionStatement.class,
            User.class,
            AuthorizationCode.class,
            Session.class,
            Consent.class,
            SealedKeySet.class
        }) {
            add(root, types);
        }
        return types;
    }

    private static void add(Type type, Set<Class<? extends Record>> types) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                add(argument, types);
            }
        } else if (type instanceof Class<?> plain && plain.getName().startsWith("io.gatehouse.")) {
            addOurs(plain, types);
        }
    }

    private static void addOurs(Class<?> type, Set<Class<? extends Record>> types) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                add(permitted, types);
            }
        }
        if (type.isRecord() && types.add(type.asSubclass(Record.class))) {
            for (RecordComponent component : type.getRecordComponents()) {
                add(component.getGenericType(), types);
            }
            for (Type parent : type.getGenericInterfaces()) {
                // the reply type of a request
                add(parent, types);
            }
        }
    }
}
