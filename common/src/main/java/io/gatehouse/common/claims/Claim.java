package io.gatehouse.common.claims;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be asked of a sender. */
enum Claim {
    SUB(false) {
        @Override
        List<String> of(Claims claims) {
            return List.of(claims.sub());
        }
    },
    /** {@code user} or {@code client}. */
    SUB_TYPE(false) {
        @Override
        List<String> of(Claims claims) {
            return List.of(claims.subType());
        }
    },
    CLIENT_ID(false) {
        @Override
        List<String> of(Claims claims) {
            return one(claims.clientId());
        }
    },
    FAMILY(false) {
        @Override
        List<String> of(Claims claims) {
            return one(claims.family());
        }
    },
    SCOPE(true) {
        @Override
        List<String> of(Claims claims) {
            return claims.scope();
        }
    },
    ROLES(true) {
        @Override
        List<String> of(Claims claims) {
            return claims.roles();
        }
    },
    AUD(true) {
        @Override
        List<String> of(Claims claims) {
            return claims.aud();
        }
    };

    private final boolean list;

    Claim(boolean list) {
        this.list = list;
    }

    /** Of a text at most one. */
    abstract List<String> of(Claims claims);

    boolean isList() {
        return list;
    }

    String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Null where there is none of that name. */
    static @Nullable Claim named(String name) {
        return Arrays.stream(values())
                .filter(claim -> claim.text().equals(name))
                .findFirst()
                .orElse(null);
    }

    static String all() {
        return Arrays.stream(values()).map(Claim::text).collect(Collectors.joining(", "));
    }

    private static List<String> one(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
