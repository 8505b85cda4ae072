package io.gatehouse.common.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes single values from what was written, and opens {@code file:} secrets of this node's roles for that: it blocks. */
final class ValueReader {
    private final Problems problems;
    private final Set<Role> roles;

    /** @param roles that this node runs */
    ValueReader(Problems problems, Set<Role> roles) {
        this.problems = problems;
        this.roles = roles;
    }

    /**
     * @param mine whether the key belongs to one of the roles
     * @return null: a mistake, which is reported, or what counts as absent
     */
    @Nullable
    Object read(KeySpec key, ConfigNode written, String path, boolean mine) {
        ConfigNode node = key.type() == JwkSet.class ? JwkSet.written(written) : written;
        boolean secret = key.type() == SecretValue.class;
        try {
            if (!(node instanceof ConfigNode.Text text)) {
                throw new Values.BadValue("holds a list or a section: give " + Values.expected(key));
            }
            // Null means "as if absent", but an absent secret may mean "make a new one": too much for an empty
            // variable.
            if (text.value() == null && !secret) {
                return null;
            }
            if (text.value() == null || text.value().isEmpty()) {
                throw new Values.BadValue("is empty: give " + Values.expected(key) + ", or leave the key out");
            }
            return secret ? secret(key, text.value(), mine) : Values.parse(key, text.value());
        } catch (Values.BadValue unfit) {
            problems.add(path, node.origin(), String.valueOf(unfit.getMessage()));
            return null;
        }
    }

    private @Nullable Object secret(KeySpec key, String text, boolean mine) throws Values.BadValue {
        if (mine) {
            return Values.parse(key, SecretFile.resolve(text));
        }
        // A shared configuration may name files: they stay closed here.
        if (SecretFile.names(text)) {
            return null;
        }
        throw new Values.BadValue("is a secret of a role that this node (roles: " + Role.names(roles)
                + ") doesn't run: remove it here, or give file:PATH, which only that role opens");
    }

    /** The value that counts where none is written; null: there is none. */
    static @Nullable Object standard(KeySpec key) {
        try {
            String text = key.standard();
            return text.isEmpty() ? null : Values.parse(key, text);
        } catch (Values.BadValue defect) {
            throw new IllegalStateException(key.name() + " has a bad default", defect);
        }
    }
}
