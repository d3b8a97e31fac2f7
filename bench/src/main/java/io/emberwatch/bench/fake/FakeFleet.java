package io.emberwatch.bench.fake;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Many fake servers, each on a loopback address of its own, {@code 127.1.x.y}, all on one port and
 * on one thread. Linux answers on all of 127.0.0.0/8; other systems do not.
 */
public final class FakeFleet implements AutoCloseable {

  private final int port;
  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CapturedServer captured = new CapturedServer();
  private final Garbage garbage = new Garbage();
  private final List<Server> servers = new ArrayList<>();

  private FakeFleet(int port) {
    this.port = port;
  }

  /** This many servers, all of them normal. */
  public static FakeFleet start(int count, int port) {
    FakeFleet fleet = new FakeFleet(port);
    try {
      for (int i = 0; i < count; i++) {
        Server server = fleet.new Server(i);
        server.listen();
        fleet.servers.add(server);
      }
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** {@code host:port} of each. */
  public List<String> addresses() {
    return servers.stream().map(server -> server.host + ":" + port).toList();
  }

  /** Changes how one behaves from now on. */
  public void become(int index, Manner manner) {
    servers.get(index).become(manner);
  }

  @Override
  public void close() {
    Future<?> unused = thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    captured.close();
  }

  private final class Server {
    private final String host;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile Manner manner = Manner.NORMAL;
    private @Nullable Channel listening;

    Server(int index) {
      host = "127.1.%d.%d".formatted(index / 250, 1 + index % 250);
    }

    void listen() {
      listening =
          new ServerBootstrap()
              .group(thread)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      connections.add(channel);
                      channel
                          .pipeline()
                          .addLast(
                              new RespRequests(), new FakeRedis(captured, garbage, () -> manner));
                    }
                  })
              .bind(host, port)
              .syncUninterruptibly()
              .channel();
    }

    void become(Manner next) {
      manner = next;
      Channel open = listening;
      if (next == Manner.REFUSING && open != null) {
        listening = null;
        ChannelFuture unused = open.close();
        ChannelGroupFuture unusedToo = connections.close();
      } else if (next != Manner.REFUSING && open == null) {
        listen();
      }
    }
  }
}
