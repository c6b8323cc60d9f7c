package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.TestTokens;
import io.pakaura.taskapi.RandomRequests.Request;
import io.pakaura.taskapi.RawHttp.Answer;
import io.pakaura.taskapi.http.ContractCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is sent, the answer is one that the contract describes, and never a fault of ours. */
class ContractIT {
    private static final ContractCheck CONTRACT = new ContractCheck();
    private static ApiFixture api;
    private static String token;

    @BeforeContainer
    static void start() {
        api = new ApiFixture(Map.of("RATE_LIMIT_PER_SECOND", "0"));
        token = TestTokens.sign("alice");
    }

    @AfterContainer
    static void stop() throws Exception {
        api.close();
    }

    @Provide
    Arbitrary<Request> good() {
        return RandomRequests.good();
    }

    @Provide
    Arbitrary<Request> any() {
        return RandomRequests.any();
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void what_the_contract_allows_is_not_refused(@ForAll("good") Request request) throws IOException {
        Answer answer = send(request);

        assertThat(answer.status()).as(request + " → " + answer.body()).isIn(200, 201, 204, 304, 404, 410, 412);
    }

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
    void whatever_comes_is_answered_as_described(@ForAll("any") Request request) throws IOException {
        Answer answer = send(request);

        assertThat(answer.status()).as(request.toString()).isBetween(200, 499);
    }

    @Provide
    Arbitrary<Request> toolCalls() {
        return RandomRequests.toolCalls();
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void whatever_a_tool_is_given_it_has_an_answer(@ForAll("toolCalls") Request request) throws IOException {
        Answer answer = send(request);

        assertThat(answer.status()).as(request.toString()).isIn(200, 400, 413);
        assertThat(answer.body()).as(request.toString()).doesNotContain("Something went wrong on our side");
    }

    private static Answer send(Request request) throws IOException {
        List<String> headers = new ArrayList<>(request.headers());
        headers.add("Authorization: Bearer " + token);
        Request authorized =
                new Request(request.method(), request.target(), headers, request.body(), request.shouldBeGood());
        Answer answer = RawHttp.exchange(api.api.httpPort(), authorized.bytes());
        CONTRACT.requireDescribed(request.method(), request.target(), answer.status(), answer.headers(), answer.body());
        return answer;
    }
}
