package io.emberwatch.processor.rate;

import io.emberwatch.processor.state.RatedSignal;
import io.emberwatch.schemas.Signals;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the values of each rated signal come from. */
final class RatedSignals {

  private RatedSignals() {}

  /** Name of the field of Signals. */
  static String name(RatedSignal signal) {
    return signal.name().toLowerCase(Locale.ROOT);
  }

  /** Value in this sample. Null: not known, or not a finite number. */
  static @Nullable Double value(RatedSignal signal, Signals from) {
    Number value = number(signal, from);
    return value == null || !Double.isFinite(value.doubleValue()) ? null : value.doubleValue();
  }

  private static @Nullable Number number(RatedSignal signal, Signals from) {
    return switch (signal) {
      case OPS_RATE -> from.getOpsRate();
      case HIT_RATIO -> from.getHitRatio();
      case USED_MEMORY_BYTES -> from.getUsedMemoryBytes();
      case MEM_UTIL -> from.getMemUtil();
      case SYS_MEM_UTIL -> from.getSysMemUtil();
      case CONNECTED_CLIENTS -> from.getConnectedClients();
      case CONN_UTIL -> from.getConnUtil();
      case CONN_CHURN -> from.getConnChurn();
      case REJECTED_RATE -> from.getRejectedRate();
      case BLOCKED_CLIENTS -> from.getBlockedClients();
      case EVICT_RATE -> from.getEvictRate();
      case EXPIRE_RATE -> from.getExpireRate();
      case OVER_LIMIT_SHARE -> from.getOverLimitShare();
      case FRAG -> from.getFrag();
      case MAIN_CPU -> from.getMainCpu();
      case LOOP_BUSY -> from.getLoopBusy();
      case ERR_RATE -> from.getErrRate();
      case OOM_ERROR_RATE -> from.getOomErrorRate();
      case SLOW_RATE -> from.getSlowRate();
      case LAG_BYTES -> from.getLagBytes();
      case LAG_SECS_EST -> from.getLagSecsEst();
      case TTL_COVER -> from.getTtlCover();
      case KEYS -> from.getKeys();
      case NOTIF_COVER -> from.getNotifCover();
      case NET_IN_RATE -> from.getNetInRate();
      case NET_OUT_RATE -> from.getNetOutRate();
      case RTT_USEC -> from.getRttUsec();
      case FRESHNESS_SECONDS -> from.getFreshnessSeconds();
    };
  }
}
