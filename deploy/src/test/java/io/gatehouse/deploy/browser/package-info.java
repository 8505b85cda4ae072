/** People in front of a real browser: a whole node, a client's own site, and Chromium before both. */
package io.gatehouse.deploy.browser;
