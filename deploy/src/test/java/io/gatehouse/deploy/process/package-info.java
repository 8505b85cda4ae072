/** A node as its operators and clients meet it: a process of its own, from the packaged jar, over HTTP and signals. */
package io.gatehouse.deploy.process;
