package io.emberwatch.schemas.identity;

/**
 * Where a server listens, as its instance id {@code fleet/group/host:port} tells.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535; 0 when the id does not end in one
 */
public record InstanceAddress(String host, int port) {

  /** Reads an instance id; of a text that is none, what follows the last slash is the host. */
  public static InstanceAddress of(String instanceId) {
    String address = instanceId.substring(instanceId.lastIndexOf('/') + 1);
    int colon = address.lastIndexOf(':');
    String digits = address.substring(colon + 1);
    if (colon < 0 || !digits.matches("\\d{1,5}")) {
      return new InstanceAddress(address, 0);
    }
    String host = address.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new InstanceAddress(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(digits));
  }
}
