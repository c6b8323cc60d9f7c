package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient;
import io.pakaura.publisher.testing.RestClient.Response;
import io.pakaura.publisher.testing.TestIssuer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API with tokens of an issuer that publishes its keys. */
class IssuerKeysIT {
    private final TestIssuer issuer = new TestIssuer();

    @AfterEach
    void close() {
        issuer.close();
    }

    private ApiFixture start() {
        return new ApiFixture(Map.of("JWT_SECRET", "", "JWT_JWKS_URL", issuer.url()));
    }

    @Test
    void a_token_of_the_issuer_is_good_and_so_is_one_of_its_next_key() throws Exception {
        try (ApiFixture api = start()) {
            String first = issuer.sign("alice");
            assertThat(create(api, first, "a").status()).isEqualTo(201);

            issuer.rotate(TestIssuer.rsaKey());

            assertThat(create(api, issuer.sign("alice"), "a").status()).isEqualTo(201);
            Response refused = create(api, first, "a");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
            assertThat(readiness(api)).isEqualTo(200);
        }
    }

    @Test
    void a_body_that_comes_while_the_issuer_hesitates_is_not_lost() throws Exception {
        issuer.hesitate();
        try (ApiFixture api = start()) {
            var key = TestIssuer.ecKey();
            String description = "x".repeat(9_000);
            CompletableFuture<Response> answer =
                    CompletableFuture.supplyAsync(() -> create(api, TestIssuer.sign(key, "alice"), description));
            Await.until(() -> issuer.requests() == 1);
            assertThat(readiness(api)).isEqualTo(503);

            issuer.goOn(key);

            Response created = answer.get(20, TimeUnit.SECONDS);
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.json().get("description").asText()).isEqualTo(description);
        }
    }

    @Test
    void without_an_issuer_it_starts_and_answers_503_until_there_is_one() throws Exception {
        issuer.goDown();
        try (ApiFixture api = start()) {
            Response undecided = create(api, issuer.sign("alice"), "a");
            assertThat(undecided.status()).isEqualTo(503);
            assertThat(undecided.header("Retry-After")).isNotEmpty();
            assertThat(undecided.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(create(api, "nonsense", "a").status()).isEqualTo(401);
            assertThat(readiness(api)).isEqualTo(503);

            issuer.comeUp();

            Await.until(() -> readiness(api) == 200);
            assertThat(create(api, issuer.sign("alice"), "a").status()).isEqualTo(201);
        }
    }

    private static Response create(ApiFixture api, String token, String description) {
        return new RestClient("http://127.0.0.1:" + api.api.httpPort())
                .send(token, "POST", "/tasks", "{\"title\": \"a\", \"description\": \"" + description + "\"}");
    }

    private static int readiness(ApiFixture api) {
        RestClient operations = new RestClient("http://127.0.0.1:" + api.api.opsPort());
        return operations.send(operations.request("/health/ready")).status();
    }
}
