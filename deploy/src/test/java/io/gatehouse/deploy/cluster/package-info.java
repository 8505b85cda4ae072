/** Whether the libraries of a cluster work together: two nodes, one message. What a cluster of ours is comes later. */
package io.gatehouse.deploy.cluster;
