/** Rules of this package, each tried alone and without I/O. */
@NullMarked
package io.pakaura.syncgateway.protocol;

import org.jspecify.annotations.NullMarked;
