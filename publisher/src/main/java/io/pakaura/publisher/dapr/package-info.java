/** The HTTP API of the Dapr sidecar, as far as it is used; what it answers is a value, never a failed future. */
@NullMarked
package io.pakaura.publisher.dapr;

import org.jspecify.annotations.NullMarked;
