/**
 * Dapr's pub/sub API as our services rely on it, and the real thing to hold the stand-in to: child processes for a Kafka
 * broker and for sidecars with the components that we ship, and one contract suite that runs against both.
 */
@NullMarked
package io.pakaura.endtoend.dapr;

import org.jspecify.annotations.NullMarked;
