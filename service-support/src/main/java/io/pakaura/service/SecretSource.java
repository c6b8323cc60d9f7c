package io.pakaura.service;

import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the values of settings that only refer to a secret. It may block; used by {@code main} only. */
@FunctionalInterface
public interface SecretSource {

    /** For a program that has no settings to keep secret. */
    SecretSource NONE = (variable, reference, fault) -> {
        fault.accept(variable, "cannot be a secret here");
        return Optional.empty();
    };

    /**
     * Reads one.
     *
     * @param reference what follows {@code secret:} in the variable's value
     * @param fault takes a variable, and what is wrong with it as the end of a sentence that begins with its name;
     *     never a value
     * @return empty after a fault
     */
    Optional<String> read(String variable, String reference, BiConsumer<String, String> fault);
}
