/** What the tests of other modules use too. */
@NullMarked
package io.pakaura.publisher.testing;

import org.jspecify.annotations.NullMarked;
