package io.pakaura.daprstandin;

import java.util.Locale;

/** Content types as daprd tells them apart: by what stands before the parameters. */
final class ContentType {

    private ContentType() {}

    static boolean isCloudEvent(String contentType) {
        return isA(contentType, "application/cloudevents+json");
    }

    static boolean isJson(String contentType) {
        return isA(contentType, "application/json");
    }

    static boolean isBinary(String contentType) {
        return isA(contentType, "application/octet-stream");
    }

    static boolean isText(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("text/") || isA(contentType, "application/xml");
    }

    private static boolean isA(String contentType, String expected) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.toLowerCase(Locale.ROOT).equals(expected);
    }
}
