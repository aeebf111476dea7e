// Coming in: an account, a code by mail, a wrong password, a forgotten one, log out; and that tabs share one session.
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { mkdtempSync } from "node:fs";
import path from "node:path";
import { journey, logIn, look, mailTo, password, person, speak } from "./harness.mjs";

const mail = path.join(mkdtempSync(path.join(tmpdir(), "peerled-mail-")), "mail");
/** @param {string} letter */
const codeIn = (letter) => /** @type {RegExpMatchArray} */ (letter.match(/^ {4}([\w-]{20,})\s*$/m))[1];

journey("whoever opens an account by mail comes in, forgets the password and comes in again", async ({ open }) => {
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
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert(await field.evaluate((one) => one === document.activeElement), "what is wrong has the focus");
  await field.fill(password);
  await page.getByRole("button", { name: "Open an account" }).click();
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
  assert.match(/** @type {string} */ (await page.getByRole("alert").textContent()), /L’adresse ou le mot de passe est faux/);
  await speak(page, "en");
  await logIn(page, "amal@example.org", "another lamp orbit");
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
}, { settings: { PEERLED_SMTP_URL: `file:${mail}` } });

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
