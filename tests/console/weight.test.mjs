// What pages weigh: five files, packed, and one or two calls besides who one is.
import assert from "node:assert/strict";
import { demoPassword, journey, logIn, weigh } from "./harness.mjs";

/** @typedef {{ path: string, heading: string, most: number, calls: number, languages?: string[] }} Light */

journey("pages are five files of few kilobytes, and ask little", async ({ server, open }) => {
  /** @param {string | null} email @param {Light[]} screens */
  const weighAll = async (email, screens) => {
    const page = await open();
    await page.waitForLoadState("networkidle");
    if (email) await logIn(page, email, demoPassword(server));
    const cohort = email && await page.evaluate(async () => (await (await fetch("v1/cohorts?status=running")).json()).data[0]?.id);
    const { client, campus } = (email && await page.evaluate(async () => ({ client: (await (await fetch("v1/me/clients")).json()).data[0]?.id, campus: (await (await fetch("v1/campuses")).json()).data[0]?.id }))) || {};
    const intake = email && await page.evaluate(async () => (await (await fetch("v1/intakes")).json()).data[0]?.cohort_id);
    for (const { path, heading, most, calls: mostCalls, languages = ["en"] } of screens) {
      for (const language of languages) {
        await page.evaluate((language) => localStorage.setItem("peerled.language", language), language);
        const { files, calls, bytes } = await weigh(page, async () => {
          await page.goto("about:blank");
          await page.goto(`${server.url}/#/${path.replace(":cohort", cohort ?? "").replace(":intake", intake ?? "").replace(":client", client ?? "").replace(":campus", campus ?? "")}`);
          await page.locator(heading).first().waitFor();
        });
        const what = `${path} in ${language}: ${bytes} bytes, ${JSON.stringify([...files, ...calls])}`;
        assert.equal(files.length, 5, what);
        assert(bytes <= most, what);
        assert(calls.length <= mostCalls, what);
        for (const call of calls) assert(call.bytes <= 6 * 1024, what);
      }
    }
    await page.context().close();
  };
  const languages = ["en", "ar", "he", "fr"];
  await weighAll(null, [{ path: "login", heading: "form", most: 25_000, calls: 1, languages }]);
  await weighAll("aaliyah.johnson@example.org", [
    { path: "week", heading: "section.card.first", most: 25_000, calls: 2, languages },
    ...["log", "manual", "feedback", "cohorts/:cohort/discoveries", "cohorts/:cohort/weeks/6/retros", "cohorts/:cohort/walks", "cohorts/:cohort/office-hours", "cohorts/:cohort/fairness", "me/:cohort/attendance"].map((path) => ({ path, heading: "main h1", most: 25_000, calls: 3, languages: ["fr"] })),
    { path: "cohorts/:cohort/demos", heading: "main h1", most: 25_000, calls: 3, languages: ["ar", "fr"] },
    // One's vote is asked for apart from the ballot that all see.
    { path: "me/:cohort/products", heading: "main h1", most: 25_000, calls: 4, languages: ["fr"] },
    ...["profile", "notices", "security", "calendar", "tokens", "privacy"].map((part) => ({ path: `account/${part}`, heading: "main h1", most: 25_000, calls: 5, languages: ["ar", "fr"] })),
  ]);
  await weighAll("asha.mwangi@example.org", [{ path: "applications", heading: "main h1", most: 25_000, calls: 3, languages }]);
  await weighAll("asha.mwangi@example.org", ["clients", "campuses/:campus/apply", "career"].map((path) => ({ path, heading: "main h1", most: 25_000, calls: 3, languages: ["ar", "fr"] })));
  await weighAll("asha.mwangi@example.org", [{ path: "employers", heading: "main h1", most: 30_000, calls: 3, languages: ["ar", "fr"] }]);
  await weighAll("priya.desai@example.org", [{ path: "clients/:client", heading: "main section h2", most: 25_000, calls: 3, languages }, ...["demos", "briefs"].map((part) => ({ path: `clients/:client/${part}`, heading: "main section h2", most: 25_000, calls: 2, languages: ["ar", "fr"] }))]);
  await weighAll("abena.owusu@example.org", [{ path: "campuses/:campus/briefs", heading: "main section h2", most: 25_000, calls: 2, languages: ["ar", "fr"] }, { path: "mentoring", heading: "main section h2", most: 30_000, calls: 3, languages: ["en", "ar"] }]);
  await weighAll("rosa.lindqvist@example.org", ["cohorts", "panels"].map((path) => ({ path, heading: "main h1", most: 57_000, calls: 2, languages: ["ar"] })));
  await weighAll("rosa.lindqvist@example.org", ["clients", "workshops", "briefs", "employers", "fees"].map((part) => ({ path: `campuses/:campus/${part}`, heading: "main h1", most: 57_000, calls: 3, languages: ["ar"] })));
  await weighAll("rosa.lindqvist@example.org", ["", "/roster", "/mentors", "/plan", "/weeks/7", "/work?week=6", "/checklists", "/attendance", "/logs", "/weeks/6/hand-over", "/products", "/demos"].map((part) => `:cohort${part}`).concat(["applicants", "reading", "interviews", "intake"].map((part) => `:intake/${part}`)).map((part) => ({ path: `cohorts/${part}`, heading: "main h1", most: 57_000, calls: 3, languages: ["ar"] })));
}, { demo: true });
