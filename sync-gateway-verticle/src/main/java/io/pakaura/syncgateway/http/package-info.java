/**
 * The public listener: the page, and the way into a session.
 *
 * <p>Each request gets its correlation and the security headers. {@code GET /sync} passes the origin policy and the
 * bounds on connections and is then handed to {@link io.pakaura.syncgateway.session.Sessions}; everything else is a
 * file of the page, or a problem (RFC 9457).
 */
@NullMarked
package io.pakaura.syncgateway.http;

import org.jspecify.annotations.NullMarked;
