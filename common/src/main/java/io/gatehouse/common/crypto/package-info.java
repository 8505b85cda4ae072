/**
 * Small immutable values and primitives of cryptography that more than one module needs: byte strings, digests, secrets,
 * sealed boxes, HKDF and AES-GCM.
 *
 * <p>It owns how a secret is held, compared and printed (never). It must not know messages, HTTP, keys on disk or SQL.
 */
@NullMarked
package io.gatehouse.common.crypto;

import org.jspecify.annotations.NullMarked;
