package io.gatehouse.common.config;

import java.nio.file.Path;

/**
 * How a node proves to be a member, and whom it takes for one.
 *
 * @param certificate PEM file; names the node's roles
 * @param key PEM file of the certificate's private key
 * @param ca PEM file of the authority that signs for members
 */
public record ClusterTlsConfig(
        @Key(doc = "A PEM file with this node's certificate, which names its roles.", required = true)
        Path certificate,

        @Key(doc = "A PEM file with the certificate's private key, readable by this server only.", required = true)
        Path key,

        @Key(doc = "A PEM file with the authority that signs for members, and for nothing else.", required = true)
        Path ca) {}
