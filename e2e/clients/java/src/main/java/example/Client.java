package example;

import io.sentry.Attachment;
import io.sentry.Breadcrumb;
import io.sentry.CheckIn;
import io.sentry.CheckInStatus;
import io.sentry.MonitorConfig;
import io.sentry.MonitorSchedule;
import io.sentry.ScopeCallback;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.protocol.Feedback;
import io.sentry.protocol.Message;
import io.sentry.protocol.SentryId;
import io.sentry.protocol.User;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a Java program does with the official SDK: one run through everything it can send. */
public final class Client {
  private static final Map<String, String> ids = new LinkedHashMap<>();

  static final class PaymentException extends RuntimeException {
    PaymentException(String text) {
      super(text);
    }
  }

  private static void chargeCard(int attempt) {
    if (attempt == 1) throw new PaymentException("@everyone card declined for order 7");
    throw new PaymentException("@everyone card declined for order 7");
  }

  private static void readStock() {
    throw new IllegalStateException("stock of shelf is negative");
  }

  private static void saveOrder() {
    try {
      readStock();
    } catch (IllegalStateException cause) {
      throw new UnsupportedOperationException("order cannot be saved", cause);
    }
  }

  private static void capture(String name, Runnable failing, ScopeCallback prepare) {
    try {
      failing.run();
    } catch (RuntimeException error) {
      ids.put(name, Sentry.captureException(error, prepare).toString());
    }
  }

  private static void payments() {
    for (int attempt = 1; attempt <= 2; attempt++) {
      int current = attempt;
      capture(
          "payment_" + attempt,
          () -> chargeCard(current),
          scope -> {
            Breadcrumb breadcrumb = new Breadcrumb("put shoes into the cart");
            breadcrumb.setCategory("cart");
            scope.addBreadcrumb(breadcrumb);
            scope.setTag("area", "payments");
            scope.setTag("correlation_id", "corr-1234");
          });
    }
  }

  private static void fingerprints() {
    for (String tenant : List.of("a", "b"))
      capture(
          "tenant_" + tenant,
          () -> List.of().get(3),
          scope -> scope.setFingerprint(List.of("{{ default }}", tenant)));
    ScopeCallback synced = scope -> scope.setFingerprint(List.of("stock-sync"));
    capture("group_1", Client::readStock, synced);
    capture("group_2", () -> Integer.parseInt("seven"), synced);
  }

  private static void secrets() {
    capture(
        "secrets",
        () -> Double.parseDouble("zz"),
        scope -> {
          scope.setContexts(
              "form", Map.of("password", System.getenv("E2E_PASSWORD"), "note", "paid with " + System.getenv("E2E_CARD")));
          scope.setContexts(
              "upstream", Map.of("authorization", "Bearer " + System.getenv("E2E_TOKEN"), "host", "bank.example.com"));
        });
  }

  private static void attachments() {
    byte[] rows = "id;sum\n7;19.90\n".getBytes(StandardCharsets.UTF_8);
    capture(
        "attached",
        () -> {
          throw new ArrayStoreException("invoice is missing");
        },
        scope -> scope.addAttachment(new Attachment(rows, "invoice.csv", "text/csv")));
  }

  private static void messages() {
    Message text = new Message();
    text.setMessage("user %s has %s open orders");
    text.setParams(List.of("ada", "3"));
    text.setFormatted("user ada has 3 open orders");
    SentryEvent event = new SentryEvent();
    event.setMessage(text);
    event.setLevel(SentryLevel.WARNING);
    ids.put("message", Sentry.captureEvent(event).toString());
  }

  /** A place of its own: with threads attached, messages of one place are one issue. */
  private static void loseDatabase() {
    ids.put("fatal", Sentry.captureMessage("database is gone", SentryLevel.FATAL).toString());
  }

  /** The same event twice, as a retrying proxy would deliver it. */
  private static void twins() {
    SentryId id = new SentryId("7ca1f00d7ca1f00d7ca1f00d7ca1f00d");
    for (int copy = 0; copy < 2; copy++) {
      SentryEvent event = new SentryEvent();
      Message text = new Message();
      text.setMessage("sent twice");
      event.setEventId(id);
      event.setMessage(text);
      event.setLevel(SentryLevel.ERROR);
      Sentry.captureEvent(event);
    }
    ids.put("twin", id.toString());
  }

  private static void otherItems() {
    CheckIn checkIn = new CheckIn("nightly-report", CheckInStatus.OK);
    checkIn.setDuration(2.0);
    checkIn.setMonitorConfig(new MonitorConfig(MonitorSchedule.crontab("0 3 * * *")));
    Sentry.captureCheckIn(checkIn);
    Feedback feedback = new Feedback("the button does nothing");
    feedback.setName("Ada");
    Sentry.captureFeedback(feedback);
    capture("dropped", () -> chargeCard(3), scope -> scope.setTag("unwanted", "yes"));
    ids.remove("dropped");
  }

  /** Dies of it in a thread of its own; the SDK's handler reports it. */
  private static void crashThread() throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              throw new NumberFormatException("the shop cannot open");
            },
            "shop");
    thread.start();
    thread.join();
  }

  public static void main(String[] args) throws InterruptedException {
    Sentry.init(
        options -> {
          options.setDsn(System.getenv("SENTRY_DSN"));
          options.setRelease("checkout@2.3.1");
          options.setEnvironment("production");
          options.setServerName("web-7");
          options.addInAppInclude("example");
          options.setAttachThreads(true);
          options.setBeforeSend((event, hint) -> event.getTag("unwanted") == null ? event : null);
        });
    User user = new User();
    user.setId("42");
    user.setEmail("ada@example.com");
    user.setUsername("ada");
    Sentry.setUser(user);
    Sentry.setTag("shop", "berlin");
    Sentry.configureScope(
        scope -> scope.setContexts("cart", Map.of("items", 3, "currency", "EUR")));
    Sentry.startSession();
    payments();
    capture("stock", Client::readStock, scope -> {});
    capture("cause", Client::saveOrder, scope -> {});
    fingerprints();
    secrets();
    attachments();
    messages();
    loseDatabase();
    twins();
    otherItems();
    crashThread();
    Sentry.endSession();
    Sentry.flush(10_000);
    Sentry.close();
    System.out.println(
        ids.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}")));
  }
}
