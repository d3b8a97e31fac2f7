package io.emberwatch.collector.cluster;

import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.ClusterLinks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reply to CLUSTER LINKS (7.0), added up: two links for each other node. */
public final class LinksReply {

  private LinksReply() {}

  /** Sums and largest of all links; elements that are no links are left out. */
  public static ClusterLinks parse(List<Object> reply) {
    ClusterLinks sum = new ClusterLinks();
    for (Object element : reply) {
      add(ReplyFields.of(element), sum);
    }
    return sum;
  }

  private static void add(ReplyFields link, ClusterLinks sum) {
    String direction = link.text("direction");
    if ("to".equals(direction)) {
      sum.setLinksTo(sum.getLinksTo() + 1);
    } else if ("from".equals(direction)) {
      sum.setLinksFrom(sum.getLinksFrom() + 1);
    } else {
      return;
    }
    long allocated = bytes(link.number("send-buffer-allocated"));
    long used = bytes(link.number("send-buffer-used"));
    sum.setSendBufferAllocatedBytes(sum.getSendBufferAllocatedBytes() + allocated);
    sum.setSendBufferAllocatedMaxBytes(Math.max(sum.getSendBufferAllocatedMaxBytes(), allocated));
    sum.setSendBufferUsedBytes(sum.getSendBufferUsedBytes() + used);
    if (used > sum.getSendBufferUsedMaxBytes()) {
      sum.setSendBufferUsedMaxBytes(used);
      sum.setFullestLinkNode(link.text("node"));
    }
  }

  private static long bytes(@Nullable Long told) {
    return told == null ? 0 : Math.max(0, told);
  }
}
