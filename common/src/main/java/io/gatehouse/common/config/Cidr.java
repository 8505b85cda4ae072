package io.gatehouse.common.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses, written {@code 10.0.0.0/8} or {@code ::1}; names are never resolved.
 *
 * @param network the first address of the block
 * @param prefix how many leading bits an address must share with it, 0-32 or 0-128
 */
public record Cidr(InetAddress network, int prefix) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * @throws IllegalArgumentException if the prefix is out of range or the network has bits set beyond it
     */
    public Cidr {
        byte[] address = network.getAddress();
        if (prefix < 0 || prefix > address.length * 8) {
            throw new IllegalArgumentException("a prefix is from 0 to " + address.length * 8);
        }
        // 10.0.0.7/8 is nearly always meant as 10.0.0.7/32: guessing would trust a whole network
        for (int bit = prefix; bit < address.length * 8; bit++) {
            if (bit(address, bit) != 0) {
                throw new IllegalArgumentException("the address has bits set beyond its prefix");
            }
        }
    }

    /**
     * Reads a block or a single address.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("not an IP address");
        }
        int prefix = slash < 0 ? address.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
        return new Cidr(address, prefix);
    }

    /** Whether the address lies in this block; an address of the other IP version never does. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (bit(mine, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    /** The address that a literal stands for, or null if the text is no literal. */
    static @Nullable InetAddress address(String literal) {
        if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }

    private static int bit(byte[] address, int index) {
        return (address[index / 8] >> (7 - index % 8)) & 1;
    }
}
