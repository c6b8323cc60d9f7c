/**
 * The least that a fan-out server on Vert.x can do: {@link io.pakaura.benchmarks.floor.FloorMain} reads a POST, makes a frame
 * of its body and writes that to the user's sockets. It looks at nothing, checks nothing and forgets nobody who is slow.
 */
@NullMarked
package io.pakaura.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
