// Every language has the same keys with the same parameters, all forms of its plurals, every code of the API, and every key that screens use.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../src/console/", import.meta.url);
const languages = readdirSync(new URL("locales/", folder)).map((file) => file.replace(".js", ""));
/** @type {Record<string, Record<string, string | Record<string, string>>>} */
const words = Object.fromEntries(await Promise.all(languages.map(async (language) => [language, (await import(new URL(`locales/${language}.js`, folder).href)).default])));
const keys = Object.keys(words.en);
const sources = ["core.js", ...readdirSync(new URL("screens/", folder)).map((file) => `screens/${file}`)].map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n");

/** @param {string | Record<string, string>} text */
const parameters = (text) => [...new Set([...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map((found) => found[1]))].sort();

test("nothing is missing in any language", () => {
  for (const language of languages) {
    assert.deepEqual(Object.keys(words[language]).sort(), [...keys].sort(), language);
    for (const key of keys) {
      // A form for one thing may do without the number.
      const [english, own] = [words.en[key], words[language][key]].map((text) => parameters(text).filter((name) => name !== "count"));
      assert.deepEqual(own, english, `${language}: ${key}`);
    }
  }
});

test("a plural has every form of its language", () => {
  for (const language of languages) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(words[language])) {
      assert.equal(typeof text, typeof words.en[key], `${language}: ${key}`);
      // French has a form for millions, Arabic and Hebrew forms that few numbers need: `other` stands for those.
      if (typeof text === "object") for (const form of forms.filter((one) => ["one", "two", "few", "many", "other"].includes(one) && !(language !== "ar" && one === "many"))) assert(text[form], `${language}: ${key} has no ${form}`);
    }
  }
});

test("no text stands twice in one catalogue, and none is left in English", () => {
  for (const language of languages) {
    const source = readFileSync(new URL(`locales/${language}.js`, folder), "utf8");
    const written = [...source.matchAll(/^ {2}"([\w.]+)":/gm)].map((found) => found[1]);
    assert.equal(new Set(written).size, written.length, `${language}: ${written.filter((key, at) => written.indexOf(key) !== at)}`);
    if (language === "ar" || language === "he") {
      for (const [key, text] of Object.entries(words[language])) assert.match(JSON.stringify(text), /[\u0590-\u06ff]/, `${language}: ${key}`);
    }
  }
});

test("every problem of the API has words", () => {
  const errors = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  const codes = [...errors.matchAll(/^\| `(\w+)` \| \d+/gm)].map((found) => found[1]);
  assert(codes.length > 60);
  assert.deepEqual(codes.filter((code) => !keys.includes(`problem.${code}`)), []);
});

test("screens use the keys there are, and no key is left over", () => {
  const used = [...sources.matchAll(/"([a-z]\w*(?:\.\w+)*)"/g)].map((found) => found[1]);
  const asked = [...sources.matchAll(/\b(?:t|rich|sheet)\(\s*"([\w.]+)"/g)].map((found) => found[1]);
  assert.deepEqual([...new Set(asked)].filter((key) => !keys.includes(key)), []);
  // Of those that a screen puts together, such as t(`role.${role}`), the beginning is found.
  const beginnings = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((found) => found[1]);
  assert.deepEqual(keys.filter((key) => !used.includes(key) && !beginnings.some((beginning) => key.startsWith(beginning))), []);
});
