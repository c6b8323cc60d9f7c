/**
 * The sync gateway: pushes each change of a user's tasks to all of that user's WebSockets.
 *
 * <p>{@link io.pakaura.syncgateway.SyncGateway} puts the parts together. Events come in on the private listener, by the
 * sidecar ({@code feed}); clients come in on the public one ({@code http}); the two meet in the users' channels ({@code
 * session}), in the language of the sync protocol ({@code protocol}). There is no database and no history: a gateway
 * that restarts has nothing to recover.
 */
@NullMarked
package io.pakaura.syncgateway;

import org.jspecify.annotations.NullMarked;
