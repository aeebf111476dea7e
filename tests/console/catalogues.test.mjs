// Every language has the same keys with the same parameters, all forms of its plurals, every code of the API, and every key that screens use.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../src/console/", import.meta.url);
const locales = readdirSync(new URL("locales/", folder));
const languages = locales.filter((file) => file.endsWith(".js")).map((file) => file.replace(".js", ""));
/** Of all pages, and of each area. */
const areas = ["", ...locales.filter((file) => !file.endsWith(".js"))];
/** @typedef {Record<string, string | Record<string, string>>} Words */
/** @param {string} language @param {string} area @returns {Promise<Words>} */
const catalogue = async (language, area) => Object.assign({}, ...Object.values(await import(new URL(`locales/${area}/${language}.js`, folder).href)));
/** By language, then by area. @type {Record<string, Record<string, Words>>} */
const parts = {};
for (const language of languages) {
  parts[language] = Object.fromEntries(await Promise.all(areas.map(async (area) => [area, await catalogue(language, area)])));
}
/** @type {Record<string, Words>} */
const words = Object.fromEntries(languages.map((language) => [language, Object.assign({}, ...Object.values(parts[language]))]));
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
    const source = areas.map((area) => readFileSync(new URL(`locales/${area}/${language}.js`, folder), "utf8")).join("\n");
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

test("every operation that changes something has a title in each language", async () => {
  const types = readFileSync(new URL("build/api.d.ts", import.meta.url), "utf8");
  const changing = new Set([...types.matchAll(/\b(?:post|put|patch|delete): operations\["(\w+)"\]/g)].map((found) => found[1]));
  assert(changing.size > 200);
  for (const language of languages.filter((one) => one !== "en")) {
    const titles = (await import(new URL(`operations/${language}.js`, folder).href)).default;
    assert.deepEqual(Object.keys(titles).sort(), [...changing].sort(), language);
    if (language !== "fr") for (const [id, title] of Object.entries(titles)) assert.match(title, /[\u0590-\u06ff]/, `${language}: ${id}`);
  }
});

test("every kind of notice has words", () => {
  const notices = readFileSync(new URL("../../docs/notifications.md", import.meta.url), "utf8");
  const kinds = [...notices.matchAll(/^\| `(\w+)` \|/gm)].map((found) => found[1]).filter((kind) => kind !== "kind");
  assert(kinds.includes("teams"));
  assert.deepEqual(kinds.filter((kind) => !keys.includes(`notice.${kind}`)), []);
});

test("screens use the keys there are, and no key is left over", () => {
  const used = [...sources.matchAll(/"([a-z]\w*(?:\.\w+)*)"/g)].map((found) => found[1]);
  const asked = [...sources.matchAll(/\b(?:t|rich|sheet)\(\s*"([\w.]+)"/g)].map((found) => found[1]);
  assert.deepEqual([...new Set(asked)].filter((key) => !keys.includes(key)), []);
  // Of those that a screen puts together, such as t(`role.${role}`), the beginning is found.
  const beginnings = [...sources.matchAll(/[`"]([\w.]+\.)(?:\$\{|")/g)].map((found) => found[1]);
  assert.deepEqual(keys.filter((key) => !used.includes(key) && !beginnings.some((beginning) => key.startsWith(beginning))), []);
});

test("a screen finds its words in the catalogue of all pages or in that of its area", () => {
  const core = readFileSync(new URL("core.js", folder), "utf8");
  const [, list] = /** @type {RegExpMatchArray} */ (core.match(/const AREAS = \{([^}]*)\}/));
  const areaOf = Object.fromEntries([...list.matchAll(/(\w+): "(\w+)"/g)].map(([, module, area]) => [module, area]));
  const own = [...(/** @type {RegExpMatchArray} */ (core.match(/const OWN = \[([^\]]*)\]/))[1]).matchAll(/"(\w+)"/g)].map(([, module]) => module);
  assert.deepEqual([...Object.values(areaOf), ...own].filter((area) => !areas.includes(area)), []);
  const served = readFileSync(new URL("../../src/web/console.rs", import.meta.url), "utf8");
  const beforeOf = Object.fromEntries([...served.matchAll(/"(\w+)" after "(\w+)"/g)].map(([, area, before]) => [area, before]));
  for (const file of ["core.js", ...readdirSync(new URL("screens/", folder)).map((one) => `screens/${one}`)]) {
    const source = readFileSync(new URL(file, folder), "utf8");
    const module = file.replace(/screens\/|\.js/g, ""), area = areaOf[module] ?? (own.includes(module) ? module : "staff");
    // The words of problems are there before there is a problem, and some areas bring those of another.
    const foreign = areas.filter((one) => one && one !== area && one !== beforeOf[area] && one !== "problems").flatMap((one) => Object.keys(parts.en[one]));
    const asked = [...source.matchAll(/\b(?:t|rich|sheet)\(\s*"([\w.]+)"/g)].map((found) => found[1]);
    const beginnings = [...source.matchAll(/[`"]([\w.]+\.)(?:\$\{|")/g)].map((found) => found[1]);
    assert.deepEqual(foreign.filter((key) => asked.includes(key) || beginnings.some((beginning) => key.startsWith(beginning))), [], file);
  }
});
