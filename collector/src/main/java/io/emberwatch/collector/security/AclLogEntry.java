package io.emberwatch.collector.security;

import io.emberwatch.collector.clients.ClientListReader;
import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.ClientFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of ACL LOG.
 *
 * @param content what was denied
 * @param client who was denied; empty when it is not told
 * @param id null before 7.2, as the two times are
 */
public record AclLogEntry(
    Content content,
    long count,
    Optional<ClientFacts> client,
    @Nullable Long id,
    @Nullable Long createdMillis,
    @Nullable Long updatedMillis,
    @Nullable Double ageSeconds) {

  /** What entries have in common that the server may merge; texts of at most 128 characters. */
  public record Content(String reason, String context, String object, String username) {}

  /** Reads one element of the reply; empty for what is no entry. */
  static Optional<AclLogEntry> read(@Nullable Object element) {
    ReplyFields fields = ReplyFields.of(element);
    Long count = fields.number("count");
    String reason = fields.text("reason");
    if (count == null || count < 1 || reason == null) {
      return Optional.empty();
    }
    byte[] client = fields.bytes("client-info");
    return Optional.of(
        new AclLogEntry(
            new Content(
                reason,
                orEmpty(fields.text("context")),
                orEmpty(fields.text("object")),
                orEmpty(fields.text("username"))),
            count,
            client == null ? Optional.empty() : ClientListReader.client(client),
            fields.number("entry-id"),
            fields.number("timestamp-created"),
            fields.number("timestamp-last-updated"),
            decimal(fields.text("age-seconds"))));
  }

  /** Whether a collector was denied, which its own refused probes tell. */
  boolean isOwn() {
    return client.filter(ClientListReader::isOwn).isPresent();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable Double decimal(@Nullable String text) {
    return text == null || !text.matches("\\d{1,15}(\\.\\d{1,30})?") ? null : Double.valueOf(text);
  }
}
