package io.gatehouse.gateway.client;

import io.gatehouse.common.config.Cidr;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** A name server (RFC 1035) that says of every name what a test wants, with a time to live of nothing. */
final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;

    /** Questions for IPv4 addresses so far. */
    final AtomicInteger questions = new AtomicInteger();

    private final DatagramSocket socket;
    private final IntFunction<List<String>> answers;

    /** @param answers the IPv4 addresses, by how often it was asked before */
    NameServer(IntFunction<List<String>> answers) {
        this.answers = answers;
        try {
            this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        try {
            while (!socket.isClosed()) {
                DatagramPacket query = new DatagramPacket(new byte[512], 512);
                socket.receive(query);
                byte[] answer = answer(ByteBuffer.wrap(query.getData(), 0, query.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            }
        } catch (IOException closed) {
            socket.close();
        }
    }

    private byte[] answer(ByteBuffer query) {
        int end = HEADER;
        while (query.get(end) != 0) {
            end += query.get(end) + 1;
        }
        int type = query.getShort(end + 1);
        byte[] question = new byte[end + 5 - HEADER];
        query.get(HEADER, question);
        List<String> found = type == TYPE_A ? answers.apply(questions.getAndIncrement()) : List.of();
        ByteBuffer answer = ByteBuffer.allocate(512)
                .putShort(query.getShort(0))
                .putShort((short) 0x8180)
                .putShort((short) 1)
                .putShort((short) found.size())
                .putInt(0)
                .put(question);
        found.stream()
                .flatMap(NameServer::bytes)
                .forEach(address -> answer.putShort((short) 0xc00c)
                        .putShort((short) TYPE_A)
                        .putShort((short) 1)
                        .putInt(0)
                        .putShort((short) address.length)
                        .put(address));
        byte[] whole = new byte[answer.position()];
        answer.get(0, whole);
        return whole;
    }

    private static Stream<byte[]> bytes(String address) {
        return Stream.of(Cidr.parse(address).network().getAddress());
    }

    @Override
    public void close() {
        socket.close();
    }
}
