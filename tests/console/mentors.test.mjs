// Mentors for staff: gaps, slots by pattern, who came, and places shared out by wishes.
import { caller, demoPassword, journey, logIn, look } from "./harness.mjs";

journey("staff see where mentors are missing, make slots, note who came and share places out by wishes", async ({ server, open }) => {
  const password = demoPassword(server);
  const enter = async (/** @type {string} */ email) => caller(server, (await caller(server, null)("POST", "v1/auth/login", { email, password })).access_token);
  const mentor = await enter("abena.owusu@example.org");
  const [slot] = (await mentor("GET", "v1/mentor-slots?open=true")).data;
  const page = await open();
  await logIn(page, "rosa.lindqvist@example.org", password);
  await page.goto(`${server.url}/#/cohorts/${slot.cohort_id}/mentors`);
  await page.getByRole("heading", { name: "Mentors" }).waitFor();
  await page.getByLabel("Only weeks with gaps").check();
  await page.getByRole("heading", { name: "Week 6" }).waitFor({ state: "detached" });
  await page.getByLabel("Only weeks with gaps").uncheck();
  await look(page, "mentors");

  await page.getByRole("button", { name: "Make slots" }).click();
  await page.getByLabel("From").selectOption("9");
  await page.getByLabel("To", { exact: true }).selectOption("11");
  await page.getByLabel("As", { exact: true }).selectOption("lead");
  await page.getByRole("button", { name: "Make them" }).click();
  await page.getByText("3 slots made").first().waitFor();

  await page.getByRole("button", { name: /Lucia Ferrante/ }).click();
  await page.getByRole("button", { name: "Came: Lucia Ferrante" }).click();
  await page.getByRole("button", { name: "Came: Lucia Ferrante" }).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");

  await mentor("PUT", `v1/cohorts/${slot.cohort_id}/mentor-preferences/me`, { ranked: [slot.id], at_most: 4 });
  await page.getByText("Wishes", { exact: true }).click();
  await page.getByRole("rowheader", { name: "Abena Owusu" }).waitFor();
  await page.getByRole("button", { name: "Share places out" }).click();
  await page.getByRole("button", { name: "Show me" }).click();
  await page.locator("dialog summary").click();
  await page.getByText(/With them there are enough|best of their wishes/).waitFor();
  await page.getByRole("button", { name: "Give these places" }).click();
  await page.getByText("The places are given, and everybody is told.").first().waitFor();
  await page.getByRole("button", { name: /Abena Owusu and Niamh|Niamh Gallagher and Abena/ }).waitFor();

  await page.getByText("Draws", { exact: true }).click();
  await page.getByRole("button", { name: /Confirmed/ }).first().click();
  await page.getByText(/^Draw \d/).waitFor();
  await page.getByRole("button", { name: "Draw again from the same" }).click();
  await page.getByText("It was drawn from what everybody was told of.").waitFor();
  await page.getByText("Everybody gets the same.").waitFor();
  await look(page, "mentor-draw");
}, { demo: true });
