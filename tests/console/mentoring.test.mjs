// My mentoring: take a place, give it up and take it back, offer it, wish, and what one gave.
import { demoPassword, journey, logIn, look } from "./harness.mjs";

journey("a mentor finds a place, takes it, gives it up, takes it again and offers it to others", async ({ server, open }) => {
  const page = await open();
  await logIn(page, "abena.owusu@example.org", demoPassword(server));
  await page.getByRole("link", { name: "My mentoring" }).click();
  await page.getByRole("heading", { name: "Where mentors are wanted" }).waitFor();
  const giving = async () => { if (!(await page.locator("details").evaluate((one) => /** @type {HTMLDetailsElement} */ (one).open))) await page.locator("summary").click(); await page.getByRole("checkbox").nth(1).waitFor(); };
  await look(page, "mentoring", giving);
  await page.getByRole("button", { name: /^Take this place: Week 7/ }).first().click();
  await page.getByText("The place is yours. Thank you!").first().waitFor();
  const mine = page.getByRole("region", { name: "Coming up" });
  await mine.getByRole("heading", { name: /Week 7/ }).first().waitFor();
  await mine.getByRole("button", { name: /^Give up: Week 7/ }).first().click();
  await page.getByRole("button", { name: "Take it again" }).click();
  await mine.getByRole("button", { name: /^Swap: Week 7/ }).first().click();
  await page.getByRole("button", { name: "Offer my place" }).click();
  await page.getByText("Your place is on offer.").first().waitFor();
  await page.getByRole("button", { name: /My wishes for/ }).click();
  await page.getByLabel("Add a wish").selectOption({ index: 2 });
  await page.getByLabel("Add a wish").selectOption({ index: 1 });
  await page.getByRole("button", { name: /Move .* up/ }).nth(1).press("Enter");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").first().waitFor();
  await giving();
  await page.getByLabel(/may thank me in public/).check();
}, { demo: true });
