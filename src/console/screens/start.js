// The first run: from nothing to published teams.
import { h, t } from "../core.js";

/** @param {import("../core.js").Page} page */
function start(page) {
  page.title(t("start.title"));
  page.show(() => h("section", { class: "sheet" }, h("h1", null, t("start.title"))));
}

export default { start };
