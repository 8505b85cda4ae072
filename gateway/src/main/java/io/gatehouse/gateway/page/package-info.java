/**
 * The pages: what a person sees in a browser, and the way from a login to an authorization response. Templates become classes
 * when we are built; what a page needs to remember lies sealed in the page itself.
 *
 * <p>It must not know the bus (but for the page keys), nor decide what a request may have: the protocol does.
 */
@NullMarked
package io.gatehouse.gateway.page;

import org.jspecify.annotations.NullMarked;
