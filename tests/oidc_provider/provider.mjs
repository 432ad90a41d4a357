// A certified OpenID Connect provider (oidc-provider) for the tests: one client, whoever signs in is who they say.
// Run as: node provider.mjs REDIRECT_URI; prints its issuer once it listens.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const redirect = process.argv[2];
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      { client_id: "truceline", client_secret: "a secret of the test", redirect_uris: [redirect] },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    cookies: { keys: ["only for the tests"] },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
