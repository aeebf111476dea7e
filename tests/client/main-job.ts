import { Caller, ok } from "./client.js";
const c = new Caller("http://x");
const p = await ok(c.api.POST("/v1/people", { body: { email: "a", name: "b", password: "x" } }));
console.log(p.id);
