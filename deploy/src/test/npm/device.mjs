// openid-client on a device without a browser (RFC 8628), with a resource (RFC 8707). Prints what the user is shown, polls, and prints what
// it was given, each as one line of JSON.
import * as client from "openid-client";

const [issuer, clientId, secret] = process.argv.slice(2);
const config = await client.discovery(new URL(issuer), clientId, secret, undefined, {
  execute: [client.allowInsecureRequests],
});
const begun = await client.initiateDeviceAuthorization(config, { scope: "openid email" });
console.log(
  JSON.stringify({ userCode: begun.user_code, page: begun.verification_uri, complete: begun.verification_uri_complete }),
);
const tokens = await client.pollDeviceAuthorizationGrant(config, begun);
const userinfo = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
console.log(JSON.stringify({ subject: tokens.claims().sub, email: userinfo.email }));
