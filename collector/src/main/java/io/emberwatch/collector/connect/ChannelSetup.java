package io.emberwatch.collector.connect;

import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.util.function.Consumer;

/** How the channel of a connection is made: with which memory, and with which limit. */
final class ChannelSetup implements NettyCustomizer {

  private final ConnectionBuffers buffers;
  private final Consumer<ChannelPipeline> limit;

  private ChannelSetup(ConnectionBuffers buffers, Consumer<ChannelPipeline> limit) {
    this.buffers = buffers;
    this.limit = limit;
  }

  /** For connections that are asked and answer. */
  static ChannelSetup ofPolls(ConnectionBuffers buffers, ServerCertificates certificates) {
    return new ChannelSetup(
        buffers,
        pipeline -> {
          pipeline.addFirst(new ReplyLimit());
          beforeDecoder(pipeline, new MessageLimit());
          certificates.watch(pipeline.channel());
        });
  }

  /** For subscriptions. */
  static ChannelSetup ofSubscriptions(ConnectionBuffers buffers) {
    return new ChannelSetup(buffers, ChannelSetup::takeMessages);
  }

  @Override
  public void afterBootstrapInitialized(Bootstrap bootstrap) {
    bootstrap.option(ChannelOption.ALLOCATOR, buffers);
  }

  @Override
  public void afterChannelInitialized(Channel channel) {
    limit.accept(channel.pipeline());
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
