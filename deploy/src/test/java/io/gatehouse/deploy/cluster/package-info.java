/** Members of a cluster within one process, and who is kept out. */
package io.gatehouse.deploy.cluster;
