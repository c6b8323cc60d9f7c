/** Rules of this package, each tried alone and without I/O. */
@NullMarked
package io.pakaura.syncgateway.feed;

import org.jspecify.annotations.NullMarked;
