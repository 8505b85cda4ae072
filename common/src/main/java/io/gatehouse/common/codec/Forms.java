package io.gatehouse.common.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** Finds the form of a Java type; a type without one is a mistake of ours that the first use shows. */
final class Forms {
    private static final ClassValue<Form> BY_CLASS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return make(type);
        }
    };

    private Forms() {}

    static Form of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        return BY_CLASS.get((Class<?>) type);
    }

    private static Form generic(ParameterizedType type) {
        if (type.getRawType() == List.class) {
            return CollectionForms.list(of(type.getActualTypeArguments()[0]));
        }
        if (type.getRawType() == Map.class && type.getActualTypeArguments()[0] == String.class) {
            return CollectionForms.map(of(type.getActualTypeArguments()[1]));
        }
        throw new IllegalArgumentException("no form for " + type);
    }

    private static Form make(Class<?> type) {
        Form value = ValueForms.BY_TYPE.get(type);
        if (value != null) {
            return value;
        }
        if (type.isEnum()) {
            return new EnumForm(type);
        }
        if (type.isRecord()) {
            return new RecordForm(type);
        }
        if (type.isSealed()) {
            return new SealedForm(type);
        }
        throw new IllegalArgumentException("no form for " + type.getName());
    }
}
