// oauth4webapi, which leaves each step to its caller: pushes a request that is bound to a key, redeems the code, reads the user, asks about the
// token, and revokes it. Prints where the browser is to be sent, reads where it came back, and prints what it learned, each as one line of JSON.
import { createInterface } from "node:readline/promises";
import * as oauth from "oauth4webapi";

const [issuer, clientId, secret, redirectUri] = process.argv.slice(2);
const insecure = { [oauth.allowInsecureRequests]: true };
const server = await oauth.processDiscoveryResponse(
  new URL(issuer),
  await oauth.discoveryRequest(new URL(issuer), { algorithm: "oauth2", ...insecure }),
);
const client = { client_id: clientId };
const authentication = oauth.ClientSecretBasic(secret);
const DPoP = oauth.DPoP(client, await oauth.generateKeyPair("ES256"));

/** The server tells its nonce with the first refusal (RFC 9449, section 8). */
async function withNonce(step) {
  try {
    return await step();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) {
      throw error;
    }
    return step();
  }
}

const verifier = oauth.generateRandomCodeVerifier();
const state = oauth.generateRandomState();
const request = new URLSearchParams({
  response_type: "code",
  client_id: clientId,
  redirect_uri: redirectUri,
  scope: "openid email",
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state,
});
const pushed = await withNonce(async () =>
  oauth.processPushedAuthorizationResponse(
    server,
    client,
    await oauth.pushedAuthorizationRequest(server, client, authentication, request, { DPoP, ...insecure }),
  ),
);
const url = new URL(server.authorization_endpoint);
url.searchParams.set("client_id", clientId);
url.searchParams.set("request_uri", pushed.request_uri);
console.log(JSON.stringify({ url: url.href }));

const input = createInterface({ input: process.stdin });
const callback = await new Promise((resolve) => input.once("line", resolve));
input.close();
const answer = oauth.validateAuthResponse(server, client, new URL(callback), state);
const tokens = await withNonce(async () =>
  oauth.processAuthorizationCodeResponse(
    server,
    client,
    await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirectUri, verifier, {
      DPoP,
      ...insecure,
    }),
    { requireIdToken: true },
  ),
);
const subject = oauth.getValidatedIdTokenClaims(tokens).sub;
const user = await withNonce(async () =>
  oauth.processUserInfoResponse(
    server,
    client,
    subject,
    await oauth.userInfoRequest(server, client, tokens.access_token, { DPoP, ...insecure }),
  ),
);
const ask = async () =>
  oauth.processIntrospectionResponse(
    server,
    client,
    await oauth.introspectionRequest(server, client, authentication, tokens.access_token, {
      requestJwtResponse: false,
      ...insecure,
    }),
  );
const before = await ask();
await oauth.processRevocationResponse(
  await oauth.revocationRequest(server, client, authentication, tokens.access_token, insecure),
);
const after = await ask();
console.log(
  JSON.stringify({
    email: user.email,
    tokenType: tokens.token_type,
    bound: before.cnf?.jkt?.length === 43,
    active: [before.active, after.active],
  }),
);
