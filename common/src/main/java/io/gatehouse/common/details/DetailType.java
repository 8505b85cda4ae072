package io.gatehouse.common.details;

import java.util.List;

/**
 * A type of authorization details (RFC 9396, section 2.1).
 *
 * @param name the value of {@code type}
 * @param fields that an object of it may hold
 */
public record DetailType(String name, List<DetailField> fields) {
    public DetailType {
        fields = List.copyOf(fields);
    }
}
