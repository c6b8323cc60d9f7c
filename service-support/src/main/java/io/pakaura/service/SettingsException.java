package io.pakaura.service;

import java.util.List;

/** A configuration that a service must not start with; holds all of its faults. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final List<String> faults;

    SettingsException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** A sentence a fault, each beginning with the variable's name. */
    public List<String> faults() {
        return faults;
    }
}
