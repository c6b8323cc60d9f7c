package io.pakaura.taskapi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Requests of all kinds: good ones, nearly good ones, and such as only a machine would think of. */
final class RandomRequests {
    private static final List<String> IDS = List.of(
            "018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11",
            "018F4E9C-58C5-7C3E-9F0A-3D1F0A5B7C12",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff");

    private static final List<String> ODD_JSON = List.of(
            "",
            " ",
            "null",
            "[]",
            "\"x\"",
            "{",
            "{\"title\":",
            "{\"title\": \"a\"} x",
            "[".repeat(3_000),
            "{\"title\":".repeat(2_000),
            "{\"title\": \"" + "x".repeat(60_000) + "\"}",
            "{\"title\": \"" + "x".repeat(70_000) + "\"}",
            "{\"title\": 1e999999999}",
            "{\"title\": " + "9".repeat(2_000) + "}",
            "{\"title\": \"\\ud800\"}",
            "{\"\": 1, \"__proto__\": {}, \"a.b/c~d\": []}",
            "\uFEFF{\"title\": \"a\"}",
            "{\"title\": NaN}",
            "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}",
            "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\", \"params\": {\"cursor\": 5}}",
            "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"initialize\", \"params\": {\"clientInfo\": []}}",
            "{\"jsonrpc\": \"2.0\", \"id\": \"\", \"method\": \"tools/call\", \"params\": {\"name\": \"add_task\"}}",
            "{\"jsonrpc\": \"2.0\", \"id\": -1e3, \"method\": \"tools/call\", \"params\": {\"name\": null}}");

    private RandomRequests() {}

    /**
     * @param shouldBeGood whether the contract allows all of it
     * @param body not sent if empty
     */
    record Request(String method, String target, List<String> headers, String body, boolean shouldBeGood) {
        byte[] bytes() {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head =
                    new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
            headers.forEach(header -> head.append(header).append("\r\n"));
            head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
            byte[] first = head.toString().getBytes(StandardCharsets.UTF_8);
            byte[] all = java.util.Arrays.copyOf(first, first.length + content.length);
            System.arraycopy(content, 0, all, first.length, content.length);
            return all;
        }
    }

    /** All that the contract allows. */
    static Arbitrary<Request> good() {
        Arbitrary<String> task = Arbitraries.of(IDS).map(id -> "/tasks/" + id);
        return Arbitraries.oneOf(
                goodNewTask().map(body -> request("POST", "/tasks", "application/json", body)),
                Combinators.combine(
                                task, goodPatch(), Arbitraries.of("application/json", "application/merge-patch+json"))
                        .as((path, body, type) -> request("PATCH", path, type, body)),
                task.map(path -> request("GET", path, "", "")),
                task.map(path -> request("HEAD", path, "", "")),
                task.map(path -> request("DELETE", path, "", "")),
                Combinators.combine(task, Arbitraries.of("/complete", "/uncomplete"))
                        .as((path, verb) -> request("POST", path + verb, "", "")),
                goodListQuery().map(query -> request("GET", "/tasks" + query, "", "")),
                Arbitraries.longs()
                        .between(0, Long.MAX_VALUE)
                        .map(since -> request("GET", "/tasks/changes?since=" + since, "", "")),
                Arbitraries.of("/tasks?completed=true").map(target -> request("DELETE", target, "", "")));
    }

    /** Anything, most of it wrong somewhere. */
    static Arbitrary<Request> any() {
        return Combinators.combine(
                        method(), target(), Arbitraries.of(true, true, true, false), header(), contentType(), json())
                .as((method, target, hasType, header, type, body) -> {
                    List<String> headers = new java.util.ArrayList<>();
                    if (!header.isEmpty()) {
                        headers.add(header);
                    }
                    if (hasType) {
                        headers.add("Content-Type: " + type);
                    }
                    return new Request(method, target, headers, body, false);
                });
    }

    /** Calls of tools with arguments of all kinds. */
    static Arbitrary<Request> toolCalls() {
        Arbitrary<String> tool = Arbitraries.of(
                "add_task",
                "update_task",
                "complete_task",
                "uncomplete_task",
                "delete_task",
                "clear_completed",
                "list_tasks",
                "eat_task");
        return Combinators.combine(tool, json())
                .as((name, arguments) -> request(
                        "POST",
                        "/mcp",
                        "application/json",
                        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"" + name
                                + "\", \"arguments\": " + arguments + "}}"));
    }

    private static Request request(String method, String target, String type, String body) {
        return new Request(method, target, type.isEmpty() ? List.of() : List.of("Content-Type: " + type), body, true);
    }

    private static Arbitrary<String> goodNewTask() {
        return Combinators.combine(goodTitle(), goodDescription(), goodPriority(), goodDates(), Arbitraries.of(IDS))
                .as((title, description, priority, dates, id) ->
                        object("title", title, "description", description, "priority", priority, dates, id));
    }

    private static String object(
            String k1,
            String v1,
            String k2,
            String v2,
            String k3,
            String v3,
            Tuple.Tuple2<String, String> dates,
            String id) {
        String reminder = dates.get2().isEmpty() ? "" : ", \"remind_at\": \"" + dates.get2() + "\"";
        return "{\"%s\": %s, \"%s\": %s, \"%s\": %s, \"id\": \"%s\", \"due_date\": \"%s\"%s}"
                .formatted(k1, v1, k2, v2, k3, v3, id, dates.get1(), reminder);
    }

    private static Arbitrary<String> goodPatch() {
        return Combinators.combine(
                        goodTitle().injectNull(0.5),
                        goodDescription().injectNull(0.5),
                        goodPriority().injectNull(0.5),
                        Arbitraries.of("true", "false").injectNull(0.5))
                .as((title, description, priority, completed) -> java.util.stream.Stream.of(
                                member("title", title),
                                member("description", description),
                                member("priority", priority),
                                member("completed", completed))
                        .filter(member -> !member.isEmpty())
                        .collect(Collectors.joining(", ", "{", "}")));
    }

    private static String member(String name, String value) {
        return value == null ? "" : "\"" + name + "\": " + value;
    }

    /** Any characters but control characters; it must not be blank. */
    private static Arbitrary<String> goodTitle() {
        return printable().ofMaxLength(120).map(text -> quoted("t" + text));
    }

    private static Arbitrary<String> goodDescription() {
        return Arbitraries.oneOf(
                Arbitraries.just("null"), printable().ofMaxLength(400).map(text -> quoted(text + "\n\t" + text)));
    }

    /** Whole code points, those beyond the basic plane and right-to-left marks included. */
    private static net.jqwik.api.arbitraries.StringArbitrary printable() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u00a0', '\u02ff')
                .withCharRange('\u0590', '\u05ff')
                .withCharRange('\u200b', '\u2070')
                .withCharRange('\u4e00', '\u4fff')
                .withCharRange('\ufff0', '\uffff');
    }

    private static Arbitrary<String> goodPriority() {
        return Arbitraries.of("\"none\"", "\"low\"", "\"medium\"", "\"high\"");
    }

    private static Arbitrary<Tuple.Tuple2<String, String>> goodDates() {
        return Arbitraries.of(
                Tuple.of("2026-12-01", ""),
                Tuple.of("0001-01-01", ""),
                Tuple.of("9999-12-31", "9999-12-31T23:59:59Z"),
                Tuple.of("2024-02-29", "2024-02-29T23:59:59.123456789+14:00"),
                Tuple.of("2026-12-01", "2026-12-01t09:00:00-18:00"));
    }

    private static Arbitrary<String> goodListQuery() {
        Arbitrary<String> one = Arbitraries.of(
                "completed=true",
                "completed=false",
                "due_before=2026-12-01",
                "due_after=0001-01-01",
                "q=%F0%9F%A5%9B",
                "q=%25_",
                "limit=1",
                "limit=500");
        Arbitrary<String> sort = Arbitraries.of("id", "-id", "created_at", "-created_at", "due_date", "-due_date");
        return Combinators.combine(one.set().ofMaxSize(3), sort)
                .as((parameters, order) -> "?sort=" + order
                        + byName(parameters).values().stream()
                                .map(parameter -> "&" + parameter)
                                .collect(Collectors.joining()));
    }

    private static Map<String, String> byName(java.util.Set<String> parameters) {
        return parameters.stream()
                .collect(Collectors.toMap(
                        parameter -> parameter.split("=", 2)[0], parameter -> parameter, (one, two) -> one));
    }

    private static Arbitrary<String> method() {
        return Arbitraries.of(
                "GET",
                "GET",
                "GET",
                "POST",
                "POST",
                "POST",
                "PATCH",
                "PATCH",
                "DELETE",
                "HEAD",
                "OPTIONS",
                "PUT",
                "TRACE",
                "CONNECT",
                "BREW",
                "get",
                "M-SEARCH");
    }

    private static Arbitrary<String> target() {
        Arbitrary<String> path = Arbitraries.of(
                "/tasks",
                "/tasks/",
                "/tasks/changes",
                "/tasks/" + IDS.get(0),
                "/tasks/" + IDS.get(1),
                "/tasks/x",
                "/tasks/%00",
                "/tasks/%zz",
                "/tasks/%ff",
                "/tasks/..%2f..",
                "/tasks/../tasks",
                "//tasks",
                "/tasks//" + IDS.get(0),
                "/tasks/" + IDS.get(0) + "/complete",
                "/tasks/" + IDS.get(0) + "/complete/",
                "/tasks/x/uncomplete",
                "/mcp",
                "/mcp",
                "/mcp/",
                "/openapi.json",
                "/docs",
                "/docs/start.js",
                "/docs/..%2f..%2fopenapi.yaml",
                "/nowhere",
                "/",
                "*",
                "http://x/tasks",
                "/tasks/" + "x".repeat(5_000));
        Arbitrary<String> name = Arbitraries.of(
                "completed",
                "due_before",
                "due_after",
                "q",
                "sort",
                "limit",
                "cursor",
                "since",
                "",
                "colour",
                "limit[]");
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "true",
                        "TRUE",
                        "1",
                        "-1",
                        "0",
                        "501",
                        "1.50",
                        "1e3",
                        "%zz",
                        "%ff",
                        "%00",
                        "2026-02-30",
                        "2026-12-01",
                        "null",
                        "9".repeat(30),
                        "-due_date",
                        "Y3Vyc29y",
                        "a".repeat(300),
                        "%F0%9F%A5%9B",
                        "%ED%A0%80"),
                Arbitraries.strings().alpha().ofMaxLength(20));
        Arbitrary<String> query = Combinators.combine(name, value).as((left, right) -> left + "=" + right);
        return Combinators.combine(path, query.list().ofMaxSize(3))
                .as((left, parameters) -> parameters.isEmpty() ? left : left + "?" + String.join("&", parameters));
    }

    private static Arbitrary<String> header() {
        return Arbitraries.of(
                "",
                "",
                "",
                "If-Match: \"1\"",
                "If-Match: *",
                "If-Match: 1",
                "If-Match: W/\"1\"",
                "If-Match: \"1\", \"" + "9".repeat(40) + "\"",
                "If-None-Match: \"1\"",
                "If-None-Match: *",
                "If-None-Match: ,",
                "If-Match: ,\"1\",",
                "If-Match: \"1\"\"2\"",
                "X-Correlation-Id: mine-1",
                "X-Correlation-Id: \u00e4 b",
                "traceparent: 00-0-0-0",
                "Origin: https://evil.example",
                "Origin: null",
                "Accept: text/html",
                "Expect: 200-ok",
                "Content-Encoding: gzip",
                "X-Long: " + "x".repeat(9_000),
                "Range: bytes=0-1",
                "MCP-Protocol-Version: 2025-11-25",
                "MCP-Protocol-Version: x",
                "Upgrade: websocket",
                "Access-Control-Request-Method: PUT");
    }

    private static Arbitrary<String> contentType() {
        return Arbitraries.of(
                "application/json",
                "application/json",
                "application/json",
                "application/merge-patch+json",
                "application/json; charset=utf-8",
                "application/json; charset=utf-16",
                "APPLICATION/JSON",
                "text/plain",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "application/x-www-form-urlencoded",
                "application/json, text/plain",
                "",
                "x",
                ";");
    }

    private static Arbitrary<String> json() {
        Arbitrary<String> name = Arbitraries.of(
                "title",
                "title",
                "description",
                "completed",
                "priority",
                "due_date",
                "remind_at",
                "id",
                "revision",
                "titel",
                "if_revision",
                "limit",
                "cursor",
                "q",
                "");
        Arbitrary<String> value = Arbitraries.of(
                "null",
                "true",
                "0",
                "-1",
                "1.5e300",
                "1e-400",
                "123456789012345678901234567890",
                "[]",
                "{}",
                "[[[[[[1]]]]]]",
                "{\"title\": {\"title\": []}}",
                "\"\"",
                "\" \"",
                "\"milk\"",
                "\"high\"",
                "\"2026-12-01\"",
                "\"2026-13-01\"",
                "\"0000-00-00\"",
                "\"2026-12-01T09:00:00Z\"",
                "\"2026-12-01T24:00:00Z\"",
                "\"-999999999-01-01\"",
                "\"" + IDS.get(0) + "\"",
                "\"1-1-1-1-1\"",
                "\"\\u0000\"",
                "\"\\ud83e\\udd5b\"",
                "\"\\udd5b\"",
                "\"\u202e\u0000\"",
                "\"" + "\\u0041".repeat(600) + "\"");
        Arbitrary<String> member = Combinators.combine(name, value).as((left, right) -> "\"" + left + "\": " + right);
        return Arbitraries.oneOf(
                member.list().ofMaxSize(4).map(members -> "{" + String.join(", ", members) + "}"),
                member.list()
                        .ofMaxSize(2)
                        .map(members -> "{\"title\": \"a\""
                                + members.stream().map(more -> ", " + more).collect(Collectors.joining()) + "}"),
                Arbitraries.of(ODD_JSON),
                Arbitraries.strings().ofMaxLength(50));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
