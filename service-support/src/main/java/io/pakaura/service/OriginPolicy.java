package io.pakaura.service;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call a service (RFC 6454): those of its own host, and those of the origins that are configured. Who
 * sends no {@code Origin} is no page of another host, and is allowed.
 */
public final class OriginPolicy {
    private static final Pattern ORIGIN =
            Pattern.compile("(?<scheme>https?)://(?<authority>(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?)");

    private final Set<String> allowed;

    /** @param allowed more origins than our own, each as {@link #parse} takes it */
    public OriginPolicy(List<String> allowed) {
        this.allowed = allowed.stream().map(OriginPolicy::parse).collect(Collectors.toUnmodifiableSet());
    }

    /** {@code ALLOWED_ORIGINS}. */
    public static OriginPolicy read(Settings settings) {
        List<String> origins = settings.list("ALLOWED_ORIGINS");
        return settings.parsed(
                "ALLOWED_ORIGINS",
                new OriginPolicy(List.of()),
                "must be origins such as https://app.example.com, separated by commas",
                all -> new OriginPolicy(origins));
    }

    /**
     * The normal form of an origin (RFC 6454, section 6.2): lower case, without a default port.
     *
     * @throws IllegalArgumentException if it is not {@code http} or {@code https}, host and perhaps a port
     */
    static String parse(String origin) {
        Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an origin");
        }
        return normal(parts.group("scheme"), parts.group("authority"));
    }

    /**
     * Whether a request may come from where it says it comes from.
     *
     * @param origin the request's {@code Origin}
     * @param host its {@code Host}
     * @param forwardedHost its {@code X-Forwarded-Host}: a front door that rewrites {@code Host} tells there which host
     *     the browser meant. A page's script cannot set either
     */
    public boolean allows(@Nullable String origin, @Nullable String host, @Nullable String forwardedHost) {
        if (origin == null) {
            return true;
        }
        try {
            String normal = parse(origin);
            String ours = forwardedHost == null ? host : forwardedHost.split(",", 2)[0].strip();
            // Behind a front door we don't see by which scheme the page came, so its word for that is good enough.
            String scheme = normal.substring(0, normal.indexOf(':'));
            return allowed.contains(normal) || (ours != null && normal.equals(normal(scheme, ours)));
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "OriginPolicy" + allowed;
    }

    private static String normal(String scheme, String authority) {
        String defaultPort = scheme.equals("https") ? ":443" : ":80";
        String lower = authority.toLowerCase(Locale.ROOT);
        boolean isDefault = lower.endsWith(defaultPort);
        return scheme + "://" + (isDefault ? lower.substring(0, lower.length() - defaultPort.length()) : lower);
    }
}
