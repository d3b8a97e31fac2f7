package io.emberwatch.alerter.web;

import static io.emberwatch.alerter.incident.Breaches.breach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emberwatch.alerter.incident.BreachEvent;
import io.emberwatch.alerter.incident.Finding;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.HealthState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a headless Chromium: what a person sees and clicks. */
class PagesIT {

  private static final String HOSTILE =
      "<script>document.title='owned'</script><img src=x onerror=alert(1)> \u202Egnp.exe {{ 7919*7907 }}";

  @TempDir private static Path profile;
  private static Browser browser;

  private WebFixture web;

  @BeforeAll
  static void startBrowser() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no chromium on the PATH: the pages are not tested");
    browser = Browser.start(program.get(), profile);
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() {
    web = new WebFixture();
    browser.show(1280, 900, false);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void saysSoWhenThereIsNothing() throws Exception {
    browser.open(web.uri("/"));
    assertThat(text("main")).contains("Nothing is watched yet");

    browser.open(web.uri("/incidents"));
    assertThat(text("main")).contains("No open incidents");

    browser.open(web.uri("/incidents/nope"));
    assertThat(text("h1")).isEqualTo("Not found");
    picture("empty");
  }

  @Test
  void showsTheFleetWorstFirst() throws Exception {
    fillFleet();

    browser.open(web.uri("/"));

    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('.group h2')].map(e => e.innerText.replace(/\\s/g, '')).join(' ')")
                .asText())
        .isEqualTo("prod/sessions prod/cart prod/catalog");
    assertThat(text(".group:nth-of-type(1)"))
        .contains("Down", "connection refused", "5 min 12 s ago");
    assertThat(text(".tiles")).contains("Down", "Critical", "Healthy");
    assertThat(text(".group:nth-of-type(2)"))
        .contains("7.4.2", "6.2 k", "1.5 GiB · 96.1 %", "98.7 %", "18.0 KiB");
  }

  @Test
  void refreshesByItself() throws Exception {
    browser.open(web.uri("/"));
    assertThat(text("main")).contains("Nothing is watched yet");

    fillFleet();

    browser.await("document.querySelectorAll('.group').length === 3");
  }

  @Test
  void showsWhatToDoAndWhy() throws Exception {
    Incident incident =
        web.take(withText(breach("memory_high").critical(), "Memory of 10.0.0.1:6379 is at 96 %"));

    browser.open(web.uri("/incidents/" + incident.id()));

    assertThat(text("h1")).contains("Memory of 10.0.0.1:6379 is at 96 %");
    assertThat(text(".badges")).contains("Critical", "Triggered", "Memory pressure");
    assertThat(text(".advice")).contains("Raise maxmemory").contains("Runbook");
    assertThat(text(".alert"))
        .contains("96.0 % against a threshold of 90.0 %", "mem_util", "maxmemory 1.5 GiB");
    assertThat(text(".notices")).contains("ops-webhook", "Pending");
    assertThat(text(".timeline")).contains("Opened", "Receivers told", "UTC");
    assertThat(
            browser.evaluate("document.querySelectorAll('.timeline time + .local').length").asInt())
        .isPositive();
  }

  @Test
  void acknowledgesNotesAndResolvesByClicking() throws Exception {
    Incident incident = web.take(breach("memory_high").at(Instant.now()));
    String id = incident.id();
    browser.open(web.uri("/incidents/" + id));

    write("#actor", "Ada Lovelace");
    click("Acknowledge");
    browser.await("location.search === '?done=acknowledged' && document.readyState === 'complete'");
    assertThat(text(".standing")).contains("Taken by Ada Lovelace");
    assertThat(browser.evaluate("document.querySelector('#actor').value").asText())
        .isEqualTo("Ada Lovelace");

    write("#text", "Found the writer.\nIt is the importer.");
    click("Add note");
    browser.await("location.search === '?done=noted' && document.readyState === 'complete'");
    assertThat(text(".timeline")).contains("Found the writer.", "by Ada Lovelace");

    click("Resolve");
    browser.await("location.search === '?done=resolved' && document.readyState === 'complete'");
    assertThat(text(".standing")).contains("Resolved by Ada Lovelace");
    assertThat(web.incidents().read(id).orElseThrow().incident().open()).isFalse();
  }

  @Test
  void saysWhatIsMissingAndKeepsWhatWasWritten() throws Exception {
    Incident incident = web.take(breach("memory_high").at(Instant.now()));
    browser.open(web.uri("/incidents/" + incident.id()));

    write("#actor", "Ada");
    click("Add note");

    browser.await("document.querySelector('[role=alert].bad') !== null");
    assertThat(text(".bad")).contains("note must have 1 to 4000 characters");
    assertThat(browser.evaluate("document.querySelector('#actor').value").asText())
        .isEqualTo("Ada");
  }

  @Test
  void refusesAFormWithoutItsToken() throws Exception {
    Incident incident = web.take(breach("memory_high").at(Instant.now()));
    browser.open(web.uri("/incidents/" + incident.id()));

    browser.evaluate("document.querySelector('[name=token]').value = '0'.repeat(32)");
    write("#actor", "Eve");
    click("Acknowledge");

    browser.await("document.querySelector('h1').innerText === 'Not allowed'");
    assertThat(web.incidents().read(incident.id()).orElseThrow().incident().acknowledgement())
        .isNull();
  }

  @Test
  void showsHostileTextAsText() throws Exception {
    Incident incident = web.take(withText(breach("memory_high"), HOSTILE));
    web.incidents().note(incident.id(), HOSTILE.substring(0, 40), HOSTILE);
    web.health.add(Healths.dead("prod", "<b>x</b>", "h:1", HOSTILE));

    for (String path : List.of("/", "/incidents", "/incidents/" + incident.id())) {
      browser.open(web.uri(path));
      assertThat(text("main")).as(path).contains("<script>").doesNotContain("62615533");
      assertThat(browser.evaluate("document.title").asText()).isNotEqualTo("owned");
      assertThat(
              browser.evaluate("document.querySelectorAll('main script, main img').length").asInt())
          .isZero();
    }
  }

  @Test
  void fitsAPhoneInLightAndDarkWithoutComplaints() throws Exception {
    fillFleet();
    fillIncidents();
    Incident incident =
        web.take(
            withText(
                breach("mass_expiry").group("cart").cause(CauseClass.CPU).critical(),
                "Unbroken" + "x".repeat(300)));
    for (String path : List.of("/", "/incidents", "/incidents/" + incident.id(), "/nothing")) {
      for (int width : List.of(1280, 360)) {
        for (boolean dark : List.of(false, true)) {
          browser.show(width, 800, dark);
          browser.open(web.uri(path));
          assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
              .as("%s at %d px", path, width)
              .isLessThanOrEqualTo(width);
          assertThat(lowestContrast()).as("%s dark=%s", path, dark).isGreaterThanOrEqualTo(4.5);
          picture(
              path.split("/").length > 2 ? "incident" : path.replace("/", "page-"), width, dark);
        }
      }
    }
    assertThat(browser.complaints())
        .allMatch(complaint -> complaint.contains("the server responded with a status of 4"));
  }

  /** Of every text against the nearest background that is painted (WCAG 2 formula). */
  private static double lowestContrast() {
    return browser
        .evaluate(
            """
            (() => {
              const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
              const lum = c => { const [r, g, b] = c.map(v => { v /= 255;
                return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
                return .2126 * r + .7152 * g + .0722 * b; };
              const back = e => { for (; e; e = e.parentElement) {
                const c = parse(getComputedStyle(e).backgroundColor);
                if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
              let lowest = 21;
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const e = walker.currentNode.parentElement;
                if (!walker.currentNode.data.trim() || !e.checkVisibility()
                    || ['SCRIPT', 'OPTION'].includes(e.tagName)) continue;
                const a = lum(parse(getComputedStyle(e).color)), b = lum(back(e));
                lowest = Math.min(lowest, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
              }
              return lowest;
            })()
            """)
        .asDouble();
  }

  private void fillFleet() {
    Instant shift = Instant.now();
    web.health.addAll(
        List.of(
            Healths.group("prod", "cart", HealthState.CRITICAL),
            Healths.primary("prod", "cart", "10.0.1.4:6379", HealthState.CRITICAL),
            Healths.replica("prod", "cart", "10.0.1.5:6379", HealthState.HEALTHY),
            Healths.group("prod", "catalog", HealthState.HEALTHY),
            Healths.primary("prod", "catalog", "10.0.2.4:6379", HealthState.HEALTHY),
            Healths.replica("prod", "catalog", "10.0.2.5:6379", HealthState.HEALTHY),
            Healths.group("prod", "sessions", HealthState.DOWN),
            Healths.dead(
                "prod", "sessions", "redis-sessions-0.redis.svc:6379", "connection refused"),
            Healths.replica(
                "prod", "sessions", "redis-sessions-1.redis.svc:6379", HealthState.WARNING)));
    web.health.forEach(
        record -> {
          Instant sampled = record.getLastSampleAt();
          record.setLastSampleAt(
              sampled == null
                  ? null
                  : sampled.plusSeconds(shift.getEpochSecond() - Healths.NOW.getEpochSecond()));
        });
  }

  private void fillIncidents() {
    web.take(
        withText(
            breach("memory_high").group("cart").critical(), "Memory of 10.0.1.4:6379 is at 96 %"));
    web.take(
        withText(
            breach("instance_down").group("sessions").cause(CauseClass.AVAILABILITY).critical(),
            "redis-sessions-0 does not answer: connection refused"));
    Incident lag =
        web.take(
            withText(
                breach("replication_lag_bytes").group("catalog").cause(CauseClass.REPLICATION),
                "10.0.2.5:6379 is 18 MiB behind its primary"));
    web.incidents().acknowledge(lag.id(), "Grace Hopper");
    Incident over =
        web.take(
            withText(
                breach("slow_commands").group("catalog").cause(CauseClass.CPU),
                "14 slow commands a second on 10.0.2.4:6379"));
    web.incidents().resolve(over.id(), "Ada Lovelace", "The report job was stopped.");
  }

  private static BreachEvent withText(
      io.emberwatch.alerter.incident.Breaches breach, String summary) {
    BreachEvent event = breach.at(Instant.now().minusSeconds(95));
    Finding finding =
        new Finding(
            0.96,
            0.9,
            "ratio",
            summary,
            "Raise maxmemory or find who writes.\nredis-cli --memkeys shows the biggest keys.",
            "https://docs.example/runbooks/memory",
            List.of(
                new Finding.Figure("mem_util", 0.96, "96 %"),
                new Finding.Figure("maxmemory", 1.6e9, "maxmemory 1.5 GiB"),
                new Finding.Figure("evict_rate", 212.0, "212 keys/s")));
    return new BreachEvent(
        event.problem(),
        event.episodeId(),
        event.order(),
        event.transition(),
        event.severity(),
        finding,
        event.startedAt(),
        event.firedAt(),
        event.occurredAt(),
        event.refreshInterval(),
        event.traceId());
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').innerText").asText();
  }

  private static void write(String selector, String value) {
    browser.evaluate(
        "document.querySelector('" + selector + "').value = '" + value.replace("\n", "\\n") + "'");
  }

  private static void click(String button) {
    browser.evaluate(
        "[...document.querySelectorAll('button')].find(b => b.innerText === '"
            + button
            + "').click()");
  }

  private static void picture(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    Files.write(folder.resolve(name + ".png"), browser.screenshot());
  }

  private static void picture(String name, int width, boolean dark) throws IOException {
    picture(name + "-" + width + (dark ? "-dark" : "-light"));
  }
}
