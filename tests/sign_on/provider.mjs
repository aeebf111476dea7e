// An OpenID provider with one client and one person, who can log in with any password: its forms are those that the
// library brings for development. Usage: node provider.mjs REDIRECT_URI
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [redirectUri] = process.argv.slice(2);
const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "peerled",
      client_secret: "secret of the client",
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  // In the id token for one kind of person, at the user info endpoint for all.
  conformIdTokenClaims: process.env.CLAIMS !== "id_token",
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id}@example.org`,
      email_verified: id !== "unverified",
      name: `Person ${id}`,
    }),
  }),
  pkce: { required: () => true },
});
server.on("request", provider.callback());
console.log(`issuer=${issuer}`);
