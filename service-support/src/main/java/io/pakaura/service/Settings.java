package io.pakaura.service;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables read into a configuration, once, at start.
 *
 * <p>A reader that meets a bad value notes the fault and goes on with the default, so that {@link #build} can tell
 * every fault at once. A variable that is set but blank counts as not set. Values never appear in a fault, since any
 * of them may be a secret put into the wrong variable. Not thread-safe; used by {@code main} only.
 */
public final class Settings {
    private static final String SECRET = "secret:";

    private final Map<String, String> environment;
    private final SecretSource secrets;
    private final Map<String, String> secretValues = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();

    /** Each once: two readers may find the same. */
    private final Set<String> faults;

    public Settings(Map<String, String> environment) {
        this(environment, SecretSource.NONE);
    }

    /** @param secrets reads what begins with {@code secret:} */
    public Settings(Map<String, String> environment, SecretSource secrets) {
        this(environment, secrets, new LinkedHashSet<>());
    }

    private Settings(Map<String, String> environment, SecretSource secrets, Set<String> faults) {
        this.environment = Map.copyOf(environment);
        this.secrets = secrets;
        this.faults = faults;
    }

    /** The same settings and the same faults, for what is needed before a secret can be read. */
    Settings withoutSecrets() {
        return new Settings(environment, SecretSource.NONE, faults);
    }

    /** The value, or {@code null} if the variable is not set. */
    public @Nullable String optional(String name) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return null;
        }
        return value.startsWith(SECRET) ? secret(name, value) : value;
    }

    /** What cannot be read keeps its reference for a value: nothing is built with it, and nobody reports it missing. */
    private String secret(String name, String value) {
        return secretValues.computeIfAbsent(name, first -> secrets.read(
                        name, value.substring(SECRET.length()).strip(), this::note)
                .map(String::strip)
                .orElseGet(() -> unreadable(name, value)));
    }

    private String unreadable(String name, String value) {
        unreadable.add(name);
        return value;
    }

    /** The value, or a fault if the variable is not set. */
    public String required(String name, String meaning) {
        String value = optional(name);
        if (value == null) {
            fault(name, "is required: " + meaning);
        }
        return value == null ? "" : value;
    }

    public String text(String name, String whenUnset) {
        String value = optional(name);
        return value == null ? whenUnset : value;
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int number(String name, int whenUnset, int min, int max) {
        return parsed(name, whenUnset, "must be a whole number from " + min + " to " + max, value -> {
            int number = Integer.parseInt(value);
            if (number < min || number > max) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    public boolean flag(String name, boolean whenUnset) {
        return parsed(name, whenUnset, "must be true or false", value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    /** One of the names given; letter case does not matter, and the name is returned as given here. */
    public String choice(String name, String whenUnset, List<String> names) {
        return parsed(name, whenUnset, "must be one of " + String.join(", ", names), value -> names.stream()
                .filter(value::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
    }

    /** Values separated by commas; empty if the variable is not set. */
    public List<String> list(String name) {
        String value = optional(name);
        return value == null
                ? List.of()
                : List.of(value.split(",")).stream()
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }

    /**
     * Any other form.
     *
     * @param expected what the value must be, as the end of the sentence "NAME …"
     * @param parser throws {@link RuntimeException} for a bad value
     */
    public <T> T parsed(String name, T whenUnset, String expected, Function<String, T> parser) {
        String value = optional(name);
        if (value == null) {
            return whenUnset;
        }
        try {
            return parser.apply(value);
        } catch (RuntimeException bad) {
            fault(name, expected);
            return whenUnset;
        }
    }

    /** Notes a fault that only the caller can see, such as two settings that exclude each other. */
    public void fault(String name, String reason) {
        if (!unreadable.contains(name)) {
            note(name, reason);
        }
    }

    private void note(String name, String reason) {
        faults.add(name + " " + reason);
    }

    /**
     * Builds the configuration out of values that were read before.
     *
     * @throws SettingsException if any value had a fault
     */
    public <T> T build(Supplier<T> configuration) {
        if (!faults.isEmpty()) {
            throw new SettingsException(List.copyOf(faults));
        }
        return configuration.get();
    }
}
