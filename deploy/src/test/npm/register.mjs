// openid-client that registers itself, with an initial access token where it has one, and then logs in with what it was given. Prints where
// the browser is to be sent, reads where it came back, and prints what it learned, each as one line of JSON.
import { createInterface } from "node:readline/promises";
import * as client from "openid-client";

const [issuer, redirectUri, method, initialAccessToken] = process.argv.slice(2);
const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
const authentications = {
  none: () => client.None(),
  client_secret_basic: (metadata) => client.ClientSecretBasic(metadata.client_secret),
  client_secret_post: (metadata) => client.ClientSecretPost(metadata.client_secret),
  client_secret_jwt: (metadata) => client.ClientSecretJwt(metadata.client_secret),
  private_key_jwt: () => client.PrivateKeyJwt(pair.privateKey),
};
const config = await client.dynamicClientRegistration(
  new URL(issuer),
  {
    client_name: "Boat",
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: method,
    id_token_signed_response_alg: "ES256",
    ...(method === "private_key_jwt" ? { jwks: { keys: [{ kty, crv, x, y }] } } : {}),
  },
  // What it is told of itself is known only afterwards.
  (server, metadata, body, headers) => authentications[method](metadata)(server, metadata, body, headers),
  { execute: [client.allowInsecureRequests], initialAccessToken },
);
const verifier = client.randomPKCECodeVerifier();
const nonce = client.randomNonce();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: "openid email",
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  nonce,
});
console.log(JSON.stringify({ url: url.href }));

const input = createInterface({ input: process.stdin });
const callback = await new Promise((resolve) => input.once("line", resolve));
input.close();
const tokens = await client.authorizationCodeGrant(config, new URL(callback), {
  pkceCodeVerifier: verifier,
  expectedNonce: nonce,
  idTokenExpected: true,
});
const user = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
const { client_id, token_endpoint_auth_method } = config.clientMetadata();
console.log(JSON.stringify({ email: user.email, clientId: client_id, method: token_endpoint_auth_method }));
