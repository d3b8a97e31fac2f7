package io.emberwatch.collector.dns;

import io.emberwatch.collector.target.ServerAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A DNS server on loopback that answers over UDP what it was told; else: no such name. */
public final class DnsServer implements AutoCloseable {

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, List<ByteBuf>> records = new ConcurrentHashMap<>();
  private final Channel channel;
  private volatile boolean silent;

  /** Starts with no names. */
  public DnsServer() throws InterruptedException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<NioDatagramChannel>() {
                  @Override
                  protected void initChannel(NioDatagramChannel opened) {
                    opened
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Answers());
                  }
                });
    channel = bootstrap.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
  }

  /** Where it listens. */
  public ServerAddress address() {
    InetSocketAddress local = (InetSocketAddress) channel.localAddress();
    return ServerAddress.of("127.0.0.1", local.getPort());
  }

  /** Answers A or AAAA with these. */
  public void addresses(String name, String... ips) throws UnknownHostException {
    List<ByteBuf> fours = new ArrayList<>();
    List<ByteBuf> sixes = new ArrayList<>();
    for (String ip : ips) {
      byte[] bytes = InetAddress.getByName(ip).getAddress();
      (bytes.length == 4 ? fours : sixes).add(Unpooled.wrappedBuffer(bytes));
    }
    put(name, DnsRecordType.A, fours);
    put(name, DnsRecordType.AAAA, sixes);
  }

  /** Answers SRV with these, each {@code host:port}. */
  public void services(String name, String... hostsAndPorts) {
    List<ByteBuf> services = new ArrayList<>();
    for (String text : hostsAndPorts) {
      int colon = text.lastIndexOf(':');
      ByteBuf content = Unpooled.buffer();
      content.writeShort(10).writeShort(60);
      content.writeShort(Integer.parseInt(text.substring(colon + 1)));
      for (String label : text.substring(0, colon).split("\\.", -1)) {
        if (!label.isEmpty()) {
          content.writeByte(label.length());
          content.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
      }
      services.add(content.writeByte(0));
    }
    put(name, DnsRecordType.SRV, services);
  }

  /** Whether it answers nothing any more. */
  public void silent(boolean on) {
    silent = on;
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void put(String name, DnsRecordType type, List<ByteBuf> contents) {
    records.put(name + ". " + type.name(), contents);
  }

  private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
      if (silent) {
        return;
      }
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      List<ByteBuf> contents = records.get(question.name() + " " + question.type().name());
      DatagramDnsResponse response =
          new DatagramDnsResponse(
              /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
      response.addRecord(DnsSection.QUESTION, question);
      if (contents == null) {
        response.setCode(DnsResponseCode.NXDOMAIN);
      } else {
        contents.forEach(
            content -> response.addRecord(DnsSection.ANSWER, record(question, content)));
      }
      ChannelFuture unused = context.writeAndFlush(response);
    }

    private DnsRecord record(DnsQuestion question, ByteBuf content) {
      return new DefaultDnsRawRecord(question.name(), question.type(), 30, content.copy());
    }
  }
}
