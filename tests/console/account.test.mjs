// One's account: each part of it, a passkey that logs in, a second factor, a calendar's address, a token, a copy of the data, and leaving.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { caller, journey, logIn, look, password, person, shows, speak } from "./harness.mjs";

/** @type {(data: Uint8ClampedArray, width: number, height: number) => { data: string } | null} */
const read = createRequire(import.meta.url)("jsqr");

/** What an authenticator app shows for a secret. @param {string} secret */
function totp(secret) {
  const bits = [...secret.replace(/=+$/, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** What a camera reads in a picture. @param {import("playwright-core").Locator} picture */
async function scanned(picture) {
  const { data, size } = await picture.evaluate(async (/** @type {HTMLImageElement} */ image) => {
    await image.decode();
    const size = 400;
    const canvas = new OffscreenCanvas(size, size);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.drawImage(image, 0, 0, size, size);
    return { data: [...context.getImageData(0, 0, size, size).data], size };
  });
  return read(Uint8ClampedArray.from(data), size, size)?.data ?? "";
}

journey("an account is looked after: address, notices, passkey, second factor, calendar, token, copy, leaving", async ({ server, open }) => {
  const somebody = await person(server, "Amal");
  await somebody.call("POST", "v1/campuses", { slug: "gaza", name: "Gaza", city: "Gaza", time_zone: "Asia/Gaza", country: "Palestine", work_week: ["sun", "mon", "tue", "wed", "thu"] });
  const page = await open();
  const devices = await page.context().newCDPSession(page);
  await devices.send("WebAuthn.enable");
  await devices.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await logIn(page, somebody.email);
  await page.getByRole("link", { name: "My account" }).click();
  await page.getByLabel("My time zone").selectOption("Asia/Gaza");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Undo" }).waitFor();
  await page.getByLabel("Language of my mail").selectOption("Français");
  await page.getByRole("button", { name: "Save" }).click();
  await shows(async () => (await somebody.call("GET", "v1/me")).language, "fr");
  // Choosing the language of the pages chooses that of mails too.
  await speak(page, "en");
  await shows(async () => (await somebody.call("GET", "v1/me")).language, "en");

  await page.getByRole("link", { name: "Notices" }).click();
  await Promise.all([page.waitForResponse((response) => response.request().method() === "PATCH"), page.getByLabel("By mail").first().selectOption("daily")]);
  assert.equal((await somebody.call("GET", "v1/me/notification-settings")).teams.mail, "daily");

  await page.getByRole("link", { name: "Security" }).click();
  await look(page, "account-security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("The passkey is added.").first().waitFor();
  await page.getByRole("button", { name: /^Rename: / }).last().click();
  await page.getByRole("dialog").getByRole("textbox").fill("My phone");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Rename: My phone" }).waitFor();
  await page.getByRole("button", { name: /^Rename: / }).first().click();
  await page.getByRole("dialog").getByRole("textbox").fill("The library’s");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Rename: The library’s" }).waitFor();
  await page.getByRole("button", { name: "Set it up" }).click();
  const shown = await page.getByLabel("Secret").inputValue();
  assert.match(await scanned(page.getByAltText("QR code of the secret")), new RegExp(`^otpauth://totp/.*secret=${shown}`));
  await look(page, "account-second-factor");
  await page.getByLabel("Code from your app").fill(totp(shown));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await page.getByRole("button", { name: "I have them" }).waitFor();
  const recovery = await page.locator(".codes code").allTextContents();
  assert(recovery.length >= 8);
  await page.getByRole("button", { name: "I have them" }).click();
  await page.getByText("Recovery codes left").waitFor();

  await page.getByRole("link", { name: "Calendars" }).click();
  await page.getByRole("button", { name: "Make an address" }).click();
  const feed = await page.getByLabel("Address of the calendar").inputValue();
  assert.equal((await fetch(feed)).status, 200);
  await page.getByRole("button", { name: /^Revoke/ }).click();
  await page.getByText("The address is worth nothing now.").first().waitFor();
  assert.equal((await fetch(feed)).status, 404);

  await page.getByRole("link", { name: "Programs" }).click();
  await page.getByLabel("What it is for").fill("A script");
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = await page.getByLabel("Token").inputValue();
  assert.equal((await caller(server, token)("GET", "v1/campuses")).data.length, 1);

  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("link", { name: "My account" }).click();
  await page.getByRole("link", { name: "Privacy" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  assert.equal(file.suggestedFilename(), "peerled.json");
  await page.getByRole("button", { name: "Erase my account" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Password").fill("not this one at all");
  await dialog.getByLabel("Code from your app").fill("123456");
  await dialog.getByRole("button", { name: "Erase my account" }).click();
  await dialog.getByText("Is not the password of this account").waitFor();
  await dialog.getByLabel("Password").fill(password);
  await dialog.getByLabel("Code from your app").fill(recovery[0]);
  await dialog.getByRole("button", { name: "Erase my account" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
}, { host: "localhost" });
