/**
 * Pakaura Sync in one JVM, for a first look: an embedded PostgreSQL, a stand-in for the Dapr sidecars, both services as
 * they are deployed, and a front door that makes them one origin, like an Ingress. {@link
 * io.pakaura.quickstart.Quickstart} starts them in that order. The services don't know that they are in it: they get
 * the same settings and speak the same HTTP over real ports.
 */
@NullMarked
package io.pakaura.quickstart;

import org.jspecify.annotations.NullMarked;
