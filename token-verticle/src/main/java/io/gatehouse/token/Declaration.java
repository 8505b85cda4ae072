package io.gatehouse.token;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * One entry of the bootstrap configuration.
 *
 * @param name where it stands, for people; holds no personal datum
 * @param step applies it and answers whether that changed anything
 */
record Declaration(String name, Supplier<Future<Boolean>> step) {}
