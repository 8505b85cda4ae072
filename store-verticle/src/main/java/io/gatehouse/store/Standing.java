package io.gatehouse.store;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.User;

/** Grant, user and client of one moment, none of which refuses: what a ticket is made of. */
public record Standing(Grant grant, User user, Client client) {}
