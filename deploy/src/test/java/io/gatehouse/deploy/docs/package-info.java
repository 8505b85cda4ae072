/** Holds the documentation to what the tests are. */
package io.gatehouse.deploy.docs;
