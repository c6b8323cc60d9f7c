package io.pakaura.publisher.dapr;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which value of which secret is meant.
 *
 * @param store the secret store component
 * @param name may hold slashes, as in HashiCorp Vault
 * @param key names one of the secret's values; empty for the only one, or the one that is called like the secret
 */
record SecretReference(String store, String name, String key) {
    private static final Pattern FORM = Pattern.compile("([^/#\\s]+)/([^#\\s]+)(?:#([^#\\s]+))?");

    /** @param reference {@code store/name} or {@code store/name#key} */
    static Optional<SecretReference> parse(String reference) {
        Matcher matcher = FORM.matcher(reference);
        return matcher.matches()
                ? Optional.of(new SecretReference(
                        matcher.group(1),
                        matcher.group(2),
                        Optional.ofNullable(matcher.group(3)).orElse("")))
                : Optional.empty();
    }

    /** The value that is meant, if it is clear. */
    Optional<String> valueIn(Map<String, String> values) {
        if (!key.isEmpty()) {
            return Optional.ofNullable(values.get(key));
        }
        return values.size() == 1 ? values.values().stream().findFirst() : Optional.ofNullable(values.get(name));
    }

    /** Why {@link #valueIn} is empty. */
    String unclear() {
        return key.isEmpty()
                ? "is a secret with several values, none of them called like the secret: add #<key>"
                : "is a secret without a value of that key";
    }
}
