/** Rules of this package, each tried alone and without I/O. */
@NullMarked
package io.pakaura.syncgateway.session;

import org.jspecify.annotations.NullMarked;
