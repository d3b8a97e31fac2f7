package io.emberwatch.alerter.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emberwatch.alerter.incident.Acknowledgement;
import io.emberwatch.alerter.incident.Alert;
import io.emberwatch.alerter.incident.Effect;
import io.emberwatch.alerter.incident.Finding;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.Resolution;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.Outbox;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is sent, as the JSON of a Standard Webhook: type, timestamp, data. Rendered once,
 * when the notice is decided, so that every attempt says the same.
 *
 * @param namespace of this installation, so that two of them never share a dedup key
 * @param pageUrl address of the web pages without a slash at the end; empty for no links
 */
public record NoticeFormat(String namespace, String pageUrl) {

  /** Standard Webhooks asks for less than 20 kB. */
  static final int MAX_BYTES = 20_000;

  /** Leaves room for the frame round the alerts. */
  private static final int MAX_ALERT_BYTES = 15_000;

  private static final int MAX_EVIDENCE = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The notice for one receiver. */
  public Outbox.Draft draft(Effect.Notify notify, String receiver) {
    Incident incident = notify.after();
    return new Outbox.Draft(
        incident.id() + "_" + incident.revision() + "_" + receiver,
        incident.id(),
        receiver,
        notify.kind(),
        notify.reason(),
        incident.severity(),
        incident.title(),
        body(notify, receiver));
  }

  /** The least that still pages, for a receiver that refused the whole. */
  public String minimal(Notification notification) {
    ObjectNode root = JSON.createObjectNode();
    root.put("type", type(notification.reason()));
    root.put("timestamp", notification.createdAt().toString());
    ObjectNode incident = root.putObject("data").putObject("incident");
    incident.put("id", notification.incidentId());
    incident.put("title", cut(notification.title(), 200));
    incident.put("severity", name(notification.severity()));
    putLink(incident, notification.incidentId());
    return write(root);
  }

  /** Key under which a receiver tells one episode from another: 64 hex digits. */
  public String dedupKey(String incidentId, String receiver) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      String text = String.join("\0", namespace, incidentId, receiver);
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private String body(Effect.Notify notify, String receiver) {
    Incident incident = notify.after();
    ObjectNode root = JSON.createObjectNode();
    root.put("type", type(notify.reason()));
    root.put("timestamp", notify.at().toString());
    ObjectNode data = root.putObject("data");
    data.put("dedup_key", dedupKey(incident.id(), receiver));
    putIncident(data.putObject("incident"), incident);
    putAlerts(data, incident);
    return write(root);
  }

  private void putIncident(ObjectNode node, Incident incident) {
    Acknowledgement acknowledgement = incident.acknowledgement();
    Resolution resolution = incident.resolution();
    node.put("id", incident.id());
    node.put("revision", incident.revision());
    node.put("title", cut(incident.title(), 500));
    node.put("status", name(incident.status()));
    node.put("severity", name(incident.severity()));
    node.put("cause", name(incident.slot().cause()));
    node.put("fleet", cut(incident.slot().fleet(), 300));
    node.put("group", incident.slot().group());
    node.put("opened_at", incident.openedAt().toString());
    node.put("acknowledged_by", acknowledgement == null ? null : acknowledgement.actor());
    node.put("resolved_at", resolution == null ? null : resolution.at().toString());
    node.put("reopen_count", incident.reopenCount());
    putLink(node, incident.id());
  }

  /** Active alerts first; what does not fit is counted. The first one always fits. */
  private static void putAlerts(ObjectNode data, Incident incident) {
    List<Alert> ordered = new ArrayList<>(incident.activeAlerts());
    incident.alerts().stream().filter(alert -> !alert.active()).forEach(ordered::add);
    ArrayNode alerts = data.putArray("alerts");
    int bytes = 0;
    int written = 0;
    for (Alert alert : ordered) {
      ObjectNode node = alert(alert, MAX_EVIDENCE);
      if (written == 0 && size(node) > MAX_ALERT_BYTES) {
        node = alert(alert, 0);
      }
      bytes += size(node) + 1;
      if (bytes > MAX_ALERT_BYTES) {
        break;
      }
      alerts.add(node);
      written++;
    }
    data.put("truncated_alerts", ordered.size() - written);
  }

  private static ObjectNode alert(Alert alert, int maxEvidence) {
    Finding finding = alert.finding();
    ObjectNode node = JSON.createObjectNode();
    node.put("rule", cut(alert.problem().ruleId(), 100));
    node.put("scope", cut(alert.problem().scopeId(), 300));
    node.put("state", name(alert.state()));
    node.put("severity", name(alert.severity()));
    node.put("summary", cut(finding.summary(), 500));
    node.put("value", finding.value());
    node.put("threshold", finding.threshold());
    node.put("unit", cut(finding.unit(), 20));
    node.put("remediation", cut(finding.remediation(), 1000));
    node.put("runbook_url", finding.runbookUrl());
    node.put("fired_at", alert.firedAt().toString());
    node.put("resolved_at", text(alert.resolvedAt()));
    ArrayNode evidence = node.putArray("evidence");
    finding.evidence().stream()
        .limit(maxEvidence)
        .forEach(
            figure ->
                evidence
                    .addObject()
                    .put("name", cut(figure.name(), 60))
                    .put("value", figure.value())
                    .put("text", cut(figure.text(), 200)));
    node.put("truncated_evidence", finding.evidence().size() - evidence.size());
    return node;
  }

  private void putLink(ObjectNode incident, String id) {
    if (!pageUrl.isEmpty()) {
      incident.put("url", pageUrl + "/incidents/" + id);
    }
  }

  private static String type(Enum<?> reason) {
    return "incident." + name(reason);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static String cut(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 2)) ? chars - 2 : chars - 1;
    return text.substring(0, end) + "…";
  }

  private static int size(ObjectNode node) {
    return write(node).getBytes(StandardCharsets.UTF_8).length;
  }

  private static String write(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values must have a JSON form", e);
    }
  }
}
