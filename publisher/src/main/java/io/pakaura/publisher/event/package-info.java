/** The events: what a change of a task tells whom, as CloudEvents 1.0 in JSON. Nothing here does I/O. */
@NullMarked
package io.pakaura.publisher.event;

import org.jspecify.annotations.NullMarked;
