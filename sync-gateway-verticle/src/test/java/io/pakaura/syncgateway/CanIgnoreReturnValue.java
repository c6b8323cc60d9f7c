package io.pakaura.syncgateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/** For a method that is an assertion first and returns what it found for those who need it. The build knows the name. */
@Target(ElementType.METHOD)
public @interface CanIgnoreReturnValue {}
