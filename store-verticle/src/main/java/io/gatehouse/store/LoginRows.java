package io.gatehouse.store;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.User;
import org.jspecify.annotations.Nullable;

/**
 * User and client of one moment.
 *
 * @param user null: nobody has that name
 * @param client null: there is none of that id
 */
public record LoginRows(@Nullable User user, @Nullable Client client) {}
