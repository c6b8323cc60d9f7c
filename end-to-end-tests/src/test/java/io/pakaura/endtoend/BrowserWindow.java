package io.pakaura.endtoend;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person's window: headless Chromium with a profile of its own. */
final class BrowserWindow implements AutoCloseable {
    /** Tells, on a machine without a browser, why a test didn't run. */
    static final String MISSING = "skipped: no chromium and chromedriver on PATH";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final ChromeDriver driver;

    private BrowserWindow(ChromeDriver driver) {
        this.driver = driver;
    }

    static boolean isHere() {
        return find("chromium", "google-chrome", "chrome").isPresent()
                && find("chromedriver").isPresent();
    }

    static BrowserWindow open() {
        // Says at each start that it has no DevTools bindings of this Chromium; they are not used.
        Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(
                find("chromium", "google-chrome", "chrome").orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=900,800");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
                .build();
        return new BrowserWindow(new ChromeDriver(service, options));
    }

    private static Optional<Path> find(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> Stream.of(names).map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void visit(String url) {
        driver.get(url);
    }

    /** The texts of all elements that a CSS selector finds, once there are any; without what makes long ones break. */
    List<String> awaitTexts(String selector) {
        new WebDriverWait(driver, PATIENCE)
                .until(page -> !page.findElements(By.cssSelector(selector)).isEmpty());
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(element -> element.getText().replace("\u200b", ""))
                .toList();
    }

    /** The addresses of all that the page has loaded. */
    List<String> loaded() {
        Object entries =
                driver.executeScript("return performance.getEntriesByType('resource').map(entry => entry.name)");
        return ((List<?>) entries).stream().map(String::valueOf).toList();
    }

    /** Signs in at the page and waits until it is live. */
    void signIn(String url, String user) {
        driver.get(url);
        WebElement name = one("user");
        name.clear();
        name.sendKeys(user);
        one("sign-in").click();
        awaitStatus("live");
    }

    void awaitStatus(String state) {
        waitUntil("status " + state, () -> state.equals(one("status").getAttribute("data-state")));
    }

    void awaitStatusOtherThan(String state) {
        waitUntil(
                "status other than " + state, () -> !state.equals(one("status").getAttribute("data-state")));
    }

    void add(String title) {
        one("new-task").sendKeys(title, Keys.ENTER);
    }

    void rename(String title, String newTitle) {
        in(title, "task-title").click();
        WebElement edit = one("task-edit");
        edit.sendKeys(Keys.chord(Keys.CONTROL, "a"), newTitle, Keys.ENTER);
    }

    void toggle(String title) {
        in(title, "task-toggle").click();
    }

    void delete(String title) {
        in(title, "task-delete").click();
    }

    void clearCompleted() {
        one("clear-completed").click();
    }

    /** Titles as they stand on the page, a completed one with a tick before it. */
    List<String> tasks() {
        Object titles = driver.executeScript(
                """
                return [...document.querySelectorAll('[data-testid=task]')].map(task =>
                    (task.dataset.completed === 'true' ? '✓ ' : '')
                        + task.querySelector('[data-testid=task-title]').textContent.trim())""");
        return ((List<?>) titles).stream().map(String::valueOf).toList();
    }

    void awaitTasks(String... titles) {
        List<String> expected = List.of(titles);
        waitUntil("tasks " + expected, () -> {
            List<String> shown = tasks();
            return shown.size() == expected.size() && shown.containsAll(expected);
        });
    }

    byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    private WebElement one(String testId) {
        return new WebDriverWait(driver, PATIENCE).until(page -> page.findElement(byTestId(testId)));
    }

    private WebElement in(String title, String testId) {
        return new WebDriverWait(driver, PATIENCE).until(page -> page.findElements(byTestId("task")).stream()
                .filter(task -> task.getText().contains(title))
                .map(task -> task.findElement(byTestId(testId)))
                .findFirst()
                .orElse(null));
    }

    private void waitUntil(String what, java.util.function.BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "no " + what + ", but " + tasks())
                .until(page -> condition.getAsBoolean());
    }

    private static By byTestId(String testId) {
        return By.cssSelector("[data-testid='" + testId + "']");
    }

    @Override
    public void close() {
        driver.quit();
    }
}
