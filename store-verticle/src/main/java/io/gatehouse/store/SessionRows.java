package io.gatehouse.store;

import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.User;

/** A session that counts, and its user, of one moment. */
public record SessionRows(Session session, User user) {}
