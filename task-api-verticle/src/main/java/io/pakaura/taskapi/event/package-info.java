/** A task as the world outside sees it, in answers and in events alike. */
@NullMarked
package io.pakaura.taskapi.event;

import org.jspecify.annotations.NullMarked;
