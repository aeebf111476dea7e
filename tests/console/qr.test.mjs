// A QR code is read by somebody else's decoder, in every size there is.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { modules, picture } from "../../src/console/qr.js";

/** @type {(data: Uint8ClampedArray, width: number, height: number) => { data: string, version: number } | null} */
const read = createRequire(import.meta.url)("jsqr");

/** What fits into each of the sizes, as the standard says it. */
const LONGEST = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666];

/** As a camera sees it: four dots for each module, and a quiet zone. @param {string} text */
function decoded(text) {
  const rows = modules(text), scale = 4, size = (rows.length + 8) * scale;
  const image = new Uint8ClampedArray(size * size * 4).fill(255);
  rows.forEach((row, y) => row.forEach((isDark, x) => {
    for (let at = 0; at < scale ** 2; at += 1) if (isDark) image.fill(0, (((y + 4) * scale + Math.floor(at / scale)) * size + (x + 4) * scale + (at % scale)) * 4, (((y + 4) * scale + Math.floor(at / scale)) * size + (x + 4) * scale + (at % scale)) * 4 + 3);
  }));
  return read(image, size, size);
}

test("a decoder reads what was drawn, in all sizes", () => {
  for (const length of [1, ...LONGEST]) {
    const text = Array.from({ length }, (_, at) => "otpauth://totp/peerled:amal%40example.org?secret="[(at * 7 + length) % 49]).join("");
    const found = decoded(text);
    assert.equal(found?.data, text, `${length} bytes`);
    assert.equal(found?.version, Math.max(1, LONGEST.indexOf(length) + 1));
  }
});

test("a text that is too long is refused", () => {
  assert.throws(() => modules("x".repeat(667)), RangeError);
  assert.match(picture("otpauth://totp/x"), /^data:image\/svg\+xml,/);
});
