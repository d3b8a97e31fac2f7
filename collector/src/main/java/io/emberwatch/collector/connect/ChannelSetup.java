package io.emberwatch.collector.connect;

import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.util.function.Consumer;

/** How the channel of a connection is made: with which memory, limit and handshake. */
final class ChannelSetup implements NettyCustomizer {

  private final ConnectionBuffers buffers;
  private final Consumer<ChannelPipeline> limit;
  private volatile TlsHandshake next = new TlsHandshake();

  private ChannelSetup(ConnectionBuffers buffers, Consumer<ChannelPipeline> limit) {
    this.buffers = buffers;
    this.limit = limit;
  }

  /** For connections that are asked and answer. */
  static ChannelSetup ofPolls(ConnectionBuffers buffers) {
    return new ChannelSetup(
        buffers,
        pipeline -> {
          pipeline.addFirst(new ReplyLimit());
          beforeDecoder(pipeline, new MessageLimit());
        });
  }

  /** For subscriptions. */
  static ChannelSetup ofSubscriptions(ConnectionBuffers buffers) {
    return new ChannelSetup(buffers, ChannelSetup::takeMessages);
  }

  /** The handshake of the connect that begins next; Lettuce hands nothing of ours to a channel. */
  void expect(TlsHandshake handshake) {
    next = handshake;
  }

  /** Called by the thread that begins a connect. */
  @Override
  public void afterBootstrapInitialized(Bootstrap bootstrap) {
    bootstrap.option(ChannelOption.ALLOCATOR, buffers).attr(TlsHandshake.KEY, next);
  }

  @Override
  public void afterChannelInitialized(Channel channel) {
    limit.accept(channel.pipeline());
    channel.attr(TlsHandshake.KEY).get().watch(channel.pipeline());
  }

  /** Between the decryption and Lettuce's decoder, since it reads the protocol. */
  private static void beforeDecoder(ChannelPipeline pipeline, MessageLimit limit) {
    pipeline.addBefore(decoder(pipeline), "message-limit", limit);
  }

  private static void takeMessages(ChannelPipeline pipeline) {
    PushHandler.addTo(pipeline, decoder(pipeline));
  }

  private static String decoder(ChannelPipeline pipeline) {
    return pipeline.context(CommandHandler.class).name();
  }
}
