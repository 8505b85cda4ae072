// openid-client as an application uses it. Prints where the browser is to be sent, reads where it came back, and prints what it learned,
// each as one line of JSON.
import { createInterface } from "node:readline/promises";
import * as client from "openid-client";

const [issuer, clientId, secret, redirectUri, postLogoutUri, tokenType] = process.argv.slice(2);
const config = await client.discovery(new URL(issuer), clientId, secret, undefined, {
  execute: [client.allowInsecureRequests],
});

// Proofs of a key with each request (RFC 9449); the handle takes up nonces and tries again.
const options =
  tokenType === "dpop" ? { DPoP: client.getDPoPHandle(config, await client.randomDPoPKeyPair()) } : undefined;
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: "openid email",
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state,
  nonce,
});
console.log(JSON.stringify({ url: url.href }));

const input = createInterface({ input: process.stdin });
const callback = await new Promise((resolve) => input.once("line", resolve));
input.close();

// Checks state and iss, the ID token's signature by the published keys, its nonce, and at_hash.
const tokens = await client.authorizationCodeGrant(
  config,
  new URL(callback),
  {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  },
  undefined,
  options,
);
const claims = tokens.claims();
const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub, options);
const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, options);
const logout = client.buildEndSessionUrl(config, {
  id_token_hint: tokens.id_token,
  post_logout_redirect_uri: postLogoutUri,
  state: "after-logout",
});
console.log(
  JSON.stringify({
    subject: claims.sub,
    email: userinfo.email,
    tokenTypes: [tokens.token_type, refreshed.token_type],
    refreshedSubject: refreshed.claims().sub,
    logout: logout.href,
  }),
);
