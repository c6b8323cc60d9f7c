/**
 * What the product is compared with: a handler that does next to nothing, and, with {@code DAPR_ENABLED=true}, one that
 * awaits its two publishes before it answers and has no outbox. {@link io.pakaura.benchmarks.bare.BareMain} runs either.
 */
@NullMarked
package io.pakaura.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
