package io.gatehouse.deploy.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.dns.DNSResolver;
import org.jgroups.protocols.dns.DNS_PING;
import org.jgroups.stack.IpAddress;

/**
 * Members are all addresses of one name, as the operating system resolves it: with its search domains, which JGroups' own
 * resolver does not know.
 */
public final class NamePing extends DNS_PING {
    /** By which members tell its messages from those of other protocols: one that JGroups leaves to others. */
    private static final short ID = 2613;

    static {
        ClassConfigurator.addProtocol(ID, NamePing.class);
    }

    @Override
    public void init() throws Exception {
        setDNSResolver(NamePing::resolve);
        super.init();
    }

    private static List<Address> resolve(String name, DNSResolver.DNSRecordType type) {
        List<Address> found = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(name)) {
                // without a port: that of this member
                found.add(new IpAddress(address, 0));
            }
        } catch (UnknownHostException nobodyYet) {
            // The first member is not in the DNS before it is ready: it is alone.
        }
        return found;
    }
}
