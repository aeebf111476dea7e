/**
 * What a front-end developer adds to the generated types: a session that renews itself, problem
 * documents as exceptions, and lists read to their end. Nothing here knows a path's shape; the
 * compiler does.
 */
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./build/api.js";

export type Schemas = components["schemas"];
export type Problem = Schemas["Problem"];
export type Code = Problem["code"];
type Tokens = Schemas["Tokens"];

/** An answer that is a problem document (RFC 9457). */
export class Refused extends Error {
  constructor(
    readonly problem: Problem,
    readonly response: Response,
  ) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
  }
}

/** What every call of the generated client resolves to. */
type Answer<T> =
  | { data: T; error?: never; response: Response }
  | { data?: never; error: Problem; response: Response };

/** The body of a success; anything else is thrown as `Refused`. */
export async function ok<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await whole(answer)).data;
}

/** The same with the response, for whoever needs a header. */
export async function whole<T>(answer: Promise<Answer<T>>): Promise<{ data: T; response: Response }> {
  const { data, error, response } = await answer;
  // A 204 has no body: its data is `undefined`, and so is its error.
  if (error !== undefined) throw new Refused(error, response);
  return { data: data as T, response };
}

/** The problem document of a call that must be refused with this code. */
export async function problem(code: Code, answer: Promise<Answer<unknown>> | undefined): Promise<Problem> {
  const { error } = (await answer) ?? {};
  if (error?.code !== code) throw new Error(`expected ${code}, got ${error?.code ?? "a success"}`);
  return error;
}

interface Page<T> {
  data: T[];
  page: { next_cursor: string | null; has_more: boolean };
}

/** Every item of a list, page after page. */
export async function all<T>(page: (cursor: { cursor?: string }) => Promise<Answer<Page<T>>>): Promise<T[]> {
  const items: T[] = [];
  let from: { cursor?: string } = {};
  for (;;) {
    const { data, page: info } = await ok(page(from));
    items.push(...data);
    if (info.next_cursor === null) return items;
    from = { cursor: info.next_cursor };
  }
}

/** A caller: the typed client, and the tokens it sends. */
export class Caller {
  readonly api: Client<paths>;
  #tokens: Tokens | undefined;
  #renewal: Promise<void> | undefined;

  constructor(readonly url: string) {
    this.api = createClient<paths>({ baseUrl: url, fetch: (request) => this.#send(request) });
  }

  async logIn(email: string, password: string): Promise<Tokens> {
    const tokens = await ok(this.api.POST("/v1/auth/login", { body: { email, password } }));
    this.#tokens = tokens;
    return tokens;
  }

  async logOut(): Promise<void> {
    await ok(this.api.POST("/v1/auth/logout"));
    this.#tokens = undefined;
  }

  /** Makes the access token as useless as a quarter of an hour does. */
  expire(): void {
    if (this.#tokens !== undefined) this.#tokens = { ...this.#tokens, access_token: "expired" };
  }

  async #send(request: Request): Promise<Response> {
    // A session's own operations carry their proof in the body; a refusal there is not for want of a fresh token.
    if (this.#tokens === undefined || request.url.includes("/v1/auth/")) return fetch(this.#signed(request));
    const again = request.clone();
    const answer = await fetch(this.#signed(request));
    if (answer.status !== 401) return answer;
    await this.#renew();
    return fetch(this.#signed(again));
  }

  #signed(request: Request): Request {
    if (this.#tokens !== undefined) request.headers.set("Authorization", `Bearer ${this.#tokens.access_token}`);
    return request;
  }

  /** A refresh token is good once, so that calls in parallel must share one renewal. */
  #renew(): Promise<void> {
    this.#renewal ??= this.#refresh().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #refresh(): Promise<void> {
    const refresh_token = this.#tokens?.refresh_token ?? "";
    this.#tokens = await ok(this.api.POST("/v1/auth/refresh", { body: { refresh_token } }));
  }
}
