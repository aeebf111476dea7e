// The roster: rows out of a spreadsheet with a dry run, experience, leaving and coming back, invitations, and who is kept apart.
import { caller, codeIn, demoPassword, journey, logIn, look, mailTo } from "./harness.mjs";

journey("staff paste students, mend what is wrong, change them in the grid, keep two apart, and hand one her place", async ({ server, open }) => {
  const password = demoPassword(server);
  const email = "rosa.lindqvist@example.org";
  const { access_token: token } = await caller(server, null)("POST", "v1/auth/login", { email, password });
  const call = caller(server, token);
  const cohort = (await call("GET", "v1/cohorts?status=running")).data[0].id;
  const page = await open();
  await logIn(page, email, password);
  await page.goto(`${server.url}/#/cohorts/${cohort}/roster`);
  await page.getByRole("rowheader", { name: /Aaliyah Johnson/ }).waitFor();
  await look(page, "roster");

  await page.getByRole("button", { name: "Add people" }).click();
  await page.getByLabel("Rows").fill("name\texperience\nAmal\t9\nBea\t2\n");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("Wrong", { exact: false }).first().waitFor();
  // A list without headings will do.
  await page.getByLabel("Rows").fill("Amal\t1\nBea\t2\n");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("button", { name: "Enter them: 2" }).click();
  await page.getByRole("rowheader", { name: "Amal" }).waitFor();

  await page.getByLabel("Experience of Bea, from 0 to 5").selectOption("4");
  await page.getByText("Saved").first().waitFor();
  await page.getByRole("button", { name: "Withdraw: Bea" }).click();
  await page.getByRole("button", { name: "Enrol again: Bea" }).click();
  await page.getByRole("button", { name: "Withdraw: Bea" }).waitFor();

  await page.getByText("Invitations", { exact: true }).click();
  await page.getByRole("button", { name: "Send again: Sinead Byrne" }).click();
  await page.getByText("A new invitation is on its way.", { exact: false }).first().waitFor();
  await page.getByText("Kept apart or together").click();
  await page.getByLabel("One", { exact: true }).selectOption({ label: "Amal" });
  await page.getByLabel("The other").selectOption({ label: "Bea" });
  await page.getByRole("button", { name: "Add the rule" }).click();
  await page.getByRole("button", { name: "Remove: Amal, Bea" }).click();
  await page.getByText("The rule is gone.").first().waitFor();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await page.getByRole("button", { name: "Remove: Amal, Bea" }).waitFor();

  await page.getByText("Absences", { exact: true }).click();
  await page.getByLabel("Name", { exact: true }).selectOption({ label: "Bea" });
  await page.getByLabel("Why").fill("An exam");
  // Nobody is missed on a weekend.
  const date = new Date();
  while ([0, 6].includes(date.getUTCDay())) date.setUTCDate(date.getUTCDate() + 1);
  await page.getByLabel("Day", { exact: true }).fill(date.toISOString().slice(0, 10));
  await page.getByRole("button", { name: "Note an absence" }).click();
  const absence = page.getByRole("button", { name: /^Remove: Bea, .*\d/ });
  await absence.click();
  await absence.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).last().click();
  await page.getByRole("listitem").filter({ has: absence }).getByText("An exam").waitFor();
  await look(page, "roster-absences");

  // Amal takes her place by a link, with an account of her own.
  await page.getByRole("button", { name: "Link to claim the place: Amal" }).click();
  const url = await page.getByRole("dialog").getByRole("textbox").inputValue();
  await page.keyboard.press("Escape");
  const amal = await open();
  await amal.goto(url);
  await amal.getByRole("heading", { name: "Accept an invitation" }).waitFor();
  await look(amal, "join");
  await amal.getByRole("link", { name: "Open an account" }).click();
  await amal.getByLabel("Your name").fill("Amal Haddad");
  await amal.getByLabel("E-mail").fill("amal@example.org");
  await amal.getByLabel("Password").fill(password);
  await amal.getByRole("button", { name: "Open an account" }).click();
  await amal.getByRole("heading", { name: "Check your mail" }).waitFor();
  const folder = /** @type {RegExpMatchArray} */ (server.said().match(/Mail is written to (\S+),/))[1];
  await amal.getByLabel("Code").fill(codeIn(await mailTo(folder, "amal@example.org")));
  await amal.getByRole("button", { name: "Go on" }).click();
  await logIn(amal, "amal@example.org", password);
  await amal.getByRole("button", { name: "Accept" }).click();
  await amal.getByRole("link", { name: "My week" }).waitFor();
}, { demo: true });
