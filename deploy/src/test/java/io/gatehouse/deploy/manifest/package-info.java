/** Holds what containers, Kubernetes and systemd are told to what the program is. */
package io.gatehouse.deploy.manifest;
