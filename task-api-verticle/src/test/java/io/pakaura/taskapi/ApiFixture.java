package io.pakaura.taskapi;

import io.pakaura.publisher.testing.RestClient;
import io.pakaura.publisher.testing.RestClient.Response;
import io.pakaura.publisher.testing.TestDatabase;
import io.pakaura.publisher.testing.TestTokens;
import io.pakaura.service.Settings;
import io.pakaura.taskapi.http.ContractCheck;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * The task API on a real database and real ports, and a client that is nothing of ours: the JDK's. Every response is held
 * to the contract.
 */
final class ApiFixture implements AutoCloseable {
    private static final ContractCheck CONTRACT = new ContractCheck();

    final TestDatabase database = TestDatabase.create();
    final Vertx vertx = Vertx.vertx();
    final TaskApi api;
    private final RestClient client;

    ApiFixture(Map<String, String> extra) {
        this(extra, 0);
    }

    /** @param databasePort where the API looks for its database, if not where it is */
    ApiFixture(Map<String, String> extra, int databasePort) {
        this(extra, databasePort, config -> config);
    }

    /** @param adjusted what no setting can tell */
    ApiFixture(Map<String, String> extra, int databasePort, UnaryOperator<TaskApiConfig> adjusted) {
        String url = database.url();
        Map<String, String> environment = new HashMap<>(Map.of(
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_HOST", "127.0.0.1",
                "OPS_PORT", "0",
                "DATABASE_URL", databasePort == 0 ? url : url.replace(":" + database.port(), ":" + databasePort),
                "JWT_SECRET", TestTokens.SECRET));
        environment.putAll(extra);
        try {
            api = TaskApi.start(vertx, adjusted.apply(TaskApiConfig.read(new Settings(environment))))
                    .await(60, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException(late);
        }
        client = new RestClient("http://127.0.0.1:" + api.httpPort());
    }

    /** A request as a user, with a JSON body unless it is empty. */
    Response send(String user, String method, String path, String body, String... headers) {
        return described(method, path, client.send(TestTokens.sign(user), method, path, body, headers));
    }

    HttpRequest.Builder request(String path) {
        return client.request(path);
    }

    Response send(HttpRequest.Builder request) {
        Response response = client.send(request);
        HttpRequest sent = response.http().request();
        return described(sent.method(), sent.uri().getRawPath(), response);
    }

    private static Response described(String method, String path, Response response) {
        CONTRACT.requireDescribed(
                method,
                path,
                response.status(),
                response.http().headers().map(),
                response.http().body());
        return response;
    }

    @Override
    public void close() throws TimeoutException {
        api.close().await(30, TimeUnit.SECONDS);
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
