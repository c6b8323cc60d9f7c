/**
 * A small system of real processes for a test class: {@link io.pakaura.endtoend.system.SyncSystem} starts PostgreSQL, a
 * broker, sidecars, APIs and gateways, each of which a test may kill, freeze and start again.
 */
@NullMarked
package io.pakaura.endtoend.system;

import org.jspecify.annotations.NullMarked;
