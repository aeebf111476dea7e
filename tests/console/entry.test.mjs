// Coming in: an account, a code by mail, a wrong password, a forgotten one, log out; and that tabs share one session.
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { mkdtempSync } from "node:fs";
import path from "node:path";
import { after } from "node:test";
import { codeIn, journey, logIn, look, mailTo, password, person, shows, speak } from "./harness.mjs";
import { provider } from "./provider.mjs";

const mail = path.join(mkdtempSync(path.join(tmpdir(), "peerled-mail-")), "mail");
const elsewhere = await provider();
after(() => elsewhere.close());

journey("whoever opens an account by mail comes in, forgets the password, comes in again, and with an account elsewhere", async ({ server, open }) => {
  const page = await open();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  await look(page, "login");
  await page.getByRole("link", { name: "Open an account" }).click();
  await look(page, "register");
  await page.getByLabel("Your name").fill("Amal");
  await page.getByLabel("E-mail").fill("amal@example.org");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Open an account" }).click();
  const field = page.getByLabel("Password");
  await page.locator("[aria-invalid]").waitFor();
  await shows(() => field.getAttribute("aria-invalid"), "true");
  await shows(() => field.evaluate((one) => one === document.activeElement), true, "what is wrong has the focus");
  await field.fill(password);
  await speak(page, "fr");
  const sent = page.waitForRequest((request) => request.url().endsWith("/v1/people"));
  await page.keyboard.press("Enter");
  assert.equal((await sent).postDataJSON().language, "fr");
  await speak(page, "en");
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await look(page, "verify");
  await page.getByLabel("Code").fill(codeIn(await mailTo(mail, "amal@example.org")));
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();

  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await look(page, "forgotten");
  await page.getByLabel("E-mail").fill("amal@example.org");
  const before = await mailTo(mail, "amal@example.org");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByRole("heading", { name: "A new password" }).waitFor();
  await look(page, "reset");
  let letter = before;
  while (letter === before) letter = await mailTo(mail, "amal@example.org");
  await page.getByLabel("Code").fill(codeIn(letter));
  await page.getByLabel("New password").fill("another lamp orbit");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();

  await page.getByLabel("E-mail").fill("amal@example.org");
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await speak(page, "fr");
  await page.getByLabel("E-mail").fill("amal@example.org");
  await page.getByLabel("Mot de passe").fill(password);
  await page.keyboard.press("Enter");
  await shows(() => page.getByRole("alert").textContent(), /L’adresse ou le mot de passe est faux/);
  await speak(page, "en");
  await logIn(page, "amal@example.org", "another lamp orbit");
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();

  // An account that a provider knows, which takes in the other.
  elsewhere.person = { sub: "7", email: "amal.work@example.org" };
  await page.getByRole("link", { name: "Log in with School" }).click();
  // Not while it still leads on by itself.
  await page.getByRole("heading", { name: "Teams in three minutes" }).waitFor();
  await page.getByRole("link", { name: "My account" }).click();
  await page.getByText("amal.work@example.org").waitFor();
  assert(!page.url().includes("code="), page.url());
  await page.getByRole("link", { name: "Privacy" }).click();
  await look(page, "account-privacy");
  await page.getByText("Merge another account").first().click();
  await page.getByLabel("Its e-mail address").fill("amal@example.org");
  await page.getByLabel("Its password").fill(password);
  await page.getByRole("button", { name: "Merge another account" }).click();
  await page.locator("[aria-invalid]").waitFor();
  await page.getByLabel("Its password").fill("another lamp orbit");
  await page.getByRole("button", { name: "Merge another account" }).click();
  await page.getByText("The two accounts are one now.").first().waitFor();
  await page.getByRole("link", { name: "Security" }).click();
  await page.getByText("School · amal.work@example.org").waitFor();
  // A second one is linked, and removed again; the last way in stays.
  elsewhere.person = { sub: "8", email: "amal.home@example.org" };
  await page.getByRole("link", { name: "Link School" }).click();
  await page.getByRole("button", { name: "Remove: School" }).nth(1).waitFor();
  await look(page, "account-sign-ons");
  await page.getByRole("button", { name: "Remove: School" }).first().click();
  await page.getByText("School · amal.work@example.org").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Remove: School" }).click();
  await page.getByRole("alert").waitFor();
  // What nobody began here comes to nothing.
  await page.goto(`${server.url}/?code=abc&state=def`);
  await page.getByText("It did not come to a log-in.").waitFor();
  await look(page, "sign-on-failed");
}, { settings: { PEERLED_SMTP_URL: `file:${mail}`, PEERLED_OIDC_ISSUER: elsewhere.issuer, PEERLED_OIDC_CLIENT_ID: "peerled", PEERLED_OIDC_CLIENT_SECRET: "secret", PEERLED_OIDC_NAME: "School" } });

journey("tabs share one session, which is refreshed once when it has run out", async ({ server, open }) => {
  const somebody = await person(server, "Amal");
  const first = await open();
  await logIn(first, somebody.email);
  const context = first.context();
  const second = await context.newPage();
  await second.goto(server.url);
  await second.getByRole("button", { name: "Log out" }).waitFor();
  // The access token is gone, as it is after a quarter of an hour; the refresh token stays.
  const access = (await context.cookies()).filter((cookie) => /access/.test(cookie.name)).map((cookie) => cookie.name);
  assert.equal(access.length, 1);
  await context.clearCookies({ name: access[0] });
  let refreshes = 0;
  context.on("request", (request) => { if (request.url().endsWith("/v1/auth/refresh")) refreshes += 1; });
  const asked = await Promise.all([first, second].flatMap((page) => [1, 2, 3].map(() => page.evaluate(async () => {
    const { get } = await import(new URL("console/core.js", document.baseURI).href);
    return (await get("v1/me")).status;
  }))));
  assert.deepEqual(asked, [200, 200, 200, 200, 200, 200]);
  assert.equal(refreshes, 1);
  await first.getByRole("button", { name: "Log out" }).click();
  await first.getByRole("heading", { name: "Log in" }).waitFor();
  await second.reload();
  await second.getByRole("heading", { name: "Log in" }).waitFor();
});
