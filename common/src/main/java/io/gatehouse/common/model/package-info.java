/**
 * The nouns of the domain as immutable records: client, user, grant, ticket, denial, keys, tenant, scope. Every record
 * belongs to a tenant.
 *
 * <p>Rows of the stores are made of these, so a component once landed keeps its meaning and new ones go to the end. It
 * must not know messages, HTTP or SQL.
 */
@NullMarked
package io.gatehouse.common.model;

import org.jspecify.annotations.NullMarked;
