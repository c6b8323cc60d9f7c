/**
 * The WebSockets of all users, from the upgrade to the close.
 *
 * <p>Each event loop has its {@link io.pakaura.syncgateway.session.Sessions}, which upgrades requests into sessions and
 * drains them at the end. A {@code Session} turns frames into messages and gives them to the state that it is in:
 * {@code AwaitingHello}, then {@code Joined}, then closed. Messages go through an {@code Inbox}, where the next ones wait
 * while the token in one is being checked.
 *
 * <p>Events come in by {@link io.pakaura.syncgateway.session.UserChannels#publish}. They hop to the loop that owns the
 * user's {@code UserChannel}, and from there to the loop of each of the user's sockets, into its {@code OutboundQueue}.
 * A session joins and leaves by the same way. Hops between two loops keep their order, so no lock is needed and no
 * event falls between the welcome and what follows it.
 *
 * <p>Clients that mean harm: {@code LingeringClose} tells those whose frames break RFC 6455, {@code FrameRate} and {@code
 * Patience} bound what one may send, {@code Sessions} makes room where too many have not said hello, and {@link
 * io.pakaura.syncgateway.session.Trouble} is what the log says of it.
 *
 * <p>What becomes of the feed comes in by {@link io.pakaura.syncgateway.session.Audience}, as a snapshot that all sessions
 * share. Each session's {@code FeedFollower} catches up with it: it holds the welcome back until the feed is proved, and
 * tells the client what it was not told yet.
 */
@NullMarked
package io.pakaura.syncgateway.session;

import org.jspecify.annotations.NullMarked;
