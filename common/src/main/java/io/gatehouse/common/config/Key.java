package io.gatehouse.common.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says everything there is to say about one key, beside the record component that holds it. The key's name is the
 * component's name in snake case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    /** What the key does, for the reference: whole sentences, units included. */
    String doc();

    /** The default as it would stand in a file; empty: none, the component is null, or an empty list. */
    String defaultValue() default "";

    /** For a section: defaults that its keys have here instead of their own, each as {@code name=text}. */
    String[] defaults() default {};

    /** The smallest value allowed, or for texts and secrets the smallest length in characters; empty: no bound. */
    String min() default "";

    /** The largest value allowed, or for texts and secrets the largest length in characters; empty: no bound. */
    String max() default "";

    /** The only texts allowed; empty: any. */
    String[] oneOf() default {};

    /** Whether the enclosing section cannot be made without it. */
    boolean required() default false;

    /** For a section: where nothing is written there is none, instead of one with defaults. */
    boolean optional() default false;

    /** Whether the value is personal or an identifier that is nobody's business: masked in dumps, never echoed. */
    boolean masked() default false;

    /** The roles that own this key or section: secrets in it are opened by them only. Empty: as the section above. */
    Role[] onlyFor() default {};

    /** Whether a node that runs none of {@link #onlyFor} refuses to start when this section is given at all. */
    boolean walled() default false;
}
