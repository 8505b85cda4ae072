package io.gatehouse.common.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record as its components in order, each behind its length. Only a component that is {@link Nullable} may be absent;
 * one that the writer did not know yet holds what its form says.
 */
final class RecordForm implements Form {
    private final Class<?> type;
    private final Form[] forms;
    private final boolean[] nullable;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;

    RecordForm(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        this.type = type;
        this.forms = Arrays.stream(components)
                .map(component -> Forms.of(component.getGenericType()))
                .toArray(Form[]::new);
        this.nullable = new boolean[components.length];
        for (int i = 0; i < components.length; i++) {
            nullable[i] = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
        }
        this.accessors = Arrays.stream(components).map(RecordForm::accessor).toArray(MethodHandle[]::new);
        this.constructor = constructor(type, components);
    }

    @Override
    public void write(Object value, WireWriter out) {
        out.varint(forms.length);
        for (int i = 0; i < forms.length; i++) {
            Object component = get(accessors[i], value);
            if (component != null) {
                int start = out.begin();
                forms[i].write(component, out);
                out.end(start);
            } else if (nullable[i]) {
                out.absent();
            } else {
                throw new IllegalArgumentException(lacks(i));
            }
        }
    }

    @Override
    public Object read(WireReader in) {
        int written = in.count();
        @Nullable Object[] components = new @Nullable Object[forms.length];
        for (int i = 0; i < forms.length; i++) {
            components[i] = i < written ? component(forms[i], in) : forms[i].missing();
            if (components[i] == null && !nullable[i]) {
                throw new MalformedRecord(lacks(i));
            }
        }
        for (int newer = forms.length; newer < written; newer++) {
            in.skip();
        }
        return make(components);
    }

    private static @Nullable Object component(Form form, WireReader in) {
        int outer = in.enter();
        if (outer < 0) {
            return null;
        }
        Object component = form.read(in);
        in.leave(outer);
        return component;
    }

    private String lacks(int component) {
        return "a " + type.getSimpleName() + " lacks its " + type.getRecordComponents()[component].getName();
    }

    private Object make(@Nullable Object[] components) {
        try {
            return (Object) constructor.invokeExact(components);
        } catch (RuntimeException refused) {
            throw new MalformedRecord("not a " + type.getSimpleName() + ": " + refused.getMessage());
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", e);
        }
    }

    private static @Nullable Object get(MethodHandle accessor, Object value) {
        try {
            return (Object) accessor.invokeExact(value);
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor of " + value.getClass().getName() + " failed", e);
        }
    }

    private static MethodHandle accessor(RecordComponent component) {
        try {
            return MethodHandles.publicLookup()
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("a record with a form is public", e);
        }
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return MethodHandles.publicLookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("a record with a form is public", e);
        }
    }
}
