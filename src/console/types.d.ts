// What the console's modules say to each other; no browser loads it.
import type { components } from "api";

export type Schemas = components["schemas"];
export type Me = Schemas["Me"];

export type Props = Record<string, any>;
export type VNode = { tag: string; props: Props; children: (VNode | string)[]; key: unknown };
export type Child = VNode | string | number | null | undefined | false | readonly any[];

/** `seen` is when an answer came that was kept. */
export type Answer<T> = { data: T; etag: string | null; status: number; headers: Headers; queued?: boolean; seen?: number };
export type Options = { body?: unknown; type?: string; accept?: string; etag?: string | null; key?: string; signal?: AbortSignal; keepalive?: boolean };

/** A write in the outbox. */
export type Waiting = {
  key: string;
  method: string;
  path: string;
  body: any;
  etag: string | null;
  type: string | null;
  /** What it is, in words. */
  what: string;
  /** The fields of the body, in words. */
  labels: Record<string, string>;
  person: string;
  at: number;
  state: "waiting" | "refused" | "saved";
  problem: Props | null;
};

export type Field = {
  name: string;
  label: string;
  type?: string;
  hint?: string;
  value?: string;
  options?: [string, string][];
  autocomplete?: string;
  required?: boolean;
  pointer?: string;
  rows?: number;
  inputmode?: string;
  pattern?: string;
  minlength?: number;
  maxlength?: number;
  dir?: string;
  oninput?: (event: Event) => void;
};

/** A form that sends what is in its fields, and shows what the API says of each. */
export type Form = {
  fields: Field[];
  button: string;
  send: (values: Record<string, string>) => Promise<void>;
  draw: () => void;
  state: { problem?: unknown; busy?: boolean };
  beside?: Child;
};

/**
 * What a screen is given: the parameters of its path and query, `show` to say how it is drawn, `draw` to draw it again, and a
 * signal that is aborted when it is left. Words are looked up while drawing, so that the language can change; the title may be a function.
 */
export type Page = {
  params: Record<string, string>;
  show: (view: () => Child) => void;
  draw: () => void;
  signal: AbortSignal;
  title: (text: string | (() => string)) => void;
};

/** What can be undone, and done again. */
export type Step = { label: string; undo: () => Promise<void>; redo: () => Promise<void> };

/** Does something, says what went wrong, and loads again. */
export type Act = (todo: () => Promise<unknown>) => Promise<void>;
/** What a screen of parts is made of: `view` draws what `load` has set. */
export type Parts = { load: () => Promise<void>; view: () => Child };
/** What a form remembers between drawings. */
export type FormState = { problem?: unknown; busy?: boolean };

/** What `core.js` does for screens: what each of its functions is for, takes and gives. */
export interface Core {
  /**
   * An element to be drawn. Of its properties `on…` are listeners, `key` tells it apart from its siblings, `made` is called with the
   * element once; everything else is an attribute, or a property where it holds a state (`value`, `checked`).
   */
  h(tag: string, props?: Props | null, ...children: Child[]): VNode;
  /** Draws `children` into `parent`, changing only what differs. */
  render(parent: Element, ...children: Child[]): void;
  /** Has the words of an area too. */
  learn(area: string): Promise<void>;
  /** The words for `key`, in the form for `count`. */
  t(key: string, params?: Props): string;
  /** The same with elements in the place of names: `rich(key, { who: name(person.name) })`. */
  rich(key: string, params: Props): any[];
  /** Whether there are words for `key`. */
  has(key: string): boolean;
  /** An amount in minor units, such as pence, as ISO 4217 has them. */
  money(amount: number, currency: string): string;
  /** Minor units of what somebody has typed. */
  minor(text: string, currency: string): number;
  /** What a field shows of minor units. */
  major(amount: number | undefined, currency: string): string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** A person's name, whatever its direction. */
  name(text: string): VNode;
  /** Names in a row, as the language writes lists. */
  names(all: readonly (string | { name: string })[]): Child;
  /** The same where only text can stand. */
  listed(all: string[]): string;
  /** What staff wrote in several languages. */
  inWords(texts: Record<string, string> | undefined): string;
  /** A role of a team; programmes may have their own, which nobody translates. */
  roleName(role: string): string;
  /** A day without a time, such as `2026-03-02`. */
  day(date: string, options?: Intl.DateTimeFormatOptions): string;
  /** From one day to another. */
  days(from: string, to: string): string;
  /** A moment by the clocks of a campus and one's own. */
  time(instant: string, zone?: string): VNode;
  chooseLanguage(chosen: string): Promise<unknown>;
  remembered(key: string): string | null;
  remember(key: string, value: string | null): void;
  /** Asks the API, by a relative path such as `v1/me`, refreshing the session once if it has run out. Throws a `Problem` or `Offline`. */
  call(method: string, path: string, options?: Options): Promise<Answer<any>>;
  /** Reads, or without a network gives what was read last. */
  get(path: string, options?: Options): Promise<Answer<any>>;
  /** Shows what was seen last at once, and then what is there now. */
  load(page: Page, path: string, show: (answer: Answer<any>) => void): Promise<void>;
  /** Tells how old something is that comes from the last time. */
  asOf(answer: Answer<any> | null): VNode | null;
  /**
   * Writes, once, however often it is sent. With `later`, what it says of the write in a few words, it waits in the outbox while there
   * is no network, and is answered `queued`. Never give it to what must not happen unseen, such as publishing. `labels` names the
   * fields of the body for whoever has to choose between theirs and their own.
   */
  write(method: string, path: string, body?: unknown, options?: Options & { later?: string, labels?: Record<string, string> }): Promise<Answer<any>>;
  /** Whether a write has come through. */
  stateTag(one: Waiting): VNode;
  /** What waits or was refused, by the beginnings of its paths. */
  waitingHere(...paths: string[]): Child;
  /** Draws again when something waits; `then`, when it has come through. */
  onSent(page: Page, then?: () => void): void;
  /** What went wrong. The API's own sentences say more, and are in English. */
  problemText(error: unknown): string;
  /** Says what went wrong, for a while. */
  tell(error: unknown): void;
  fieldText(error: Schemas["FieldError"]): string;
  /** A box that tells of a problem, if there is one. */
  problemBox(error: unknown): VNode | null;
  setMe(now: Me | null): void;
  /** Whether the caller is this somewhere. */
  is(...roles: string[]): boolean;
  /** Whether the caller is on the staff of a campus, or is one of these there. */
  isStaffOf(campus: string, roles?: RegExp): boolean;
  studies(cohort: string): boolean;
  /** Loads again a little after a change. */
  follow(page: Page, concerns: (change: Schemas["Change"]) => boolean, load: () => Promise<unknown>): void;
  /** Says something to who does not see the screen. */
  announce(text: string): void;
  /** Tells something for a while. */
  toast(text: string, act?: { label: string, run: () => void }): () => void;
  /** A dialog; `view` draws its inside and is given `close`, which ends the dialog with a value, and `draw`, which draws it again. */
  dialog<T>(title: string, view: (close: (value?: T) => void, draw: () => void) => Child, options?: { kind?: "wide" | "projector" }): Promise<T | undefined>;
  /** A field with its label, its hint, and what the API finds wrong in it. */
  fieldView(field: Field, problem?: unknown): VNode;
  /** A form that sends what is in its fields, and shows what the API says of each. */
  formView(form: Form): VNode;
  /** What is no refusal and no lack of network is a fault of ours. */
  report(error: unknown): void;
  /** Shows a screen, by its path without `#/`. */
  go(path: string): void;
  /** A link to a screen. */
  link(path: string, props: Props | null, ...children: Child[]): VNode;
  /** `label` is for whoever does not see where it stands. */
  button(text: string, onclick: (event: Event) => unknown, kind?: string | null, label?: string): VNode;
  /** Links between screens that belong together; `words` is the beginning of their keys. */
  tabs(label: string, path: string, words: string, parts: string[], chosen?: string): VNode;
  /** Says what something is; `words` is the beginning of keys. */
  tags(words: string, ...keys: (string | null | undefined)[]): Child[];
  /** The screens of a cohort. */
  cohortTabs(cohort: string, chosen?: string, label?: string): VNode;
  /** The screens of a campus. */
  campusTabs(campus: string, chosen: string): VNode;
  /** A part of a screen. */
  part(title: string, ...inside: Child[]): VNode;
  /** A link out of the console. */
  outside(url: string | null | undefined, text?: string): Child;
  /** Whether somebody came. */
  cameTag(status: Schemas["AttendanceStatus"]): VNode;
  /** A list, or what is said where there is nothing. */
  lines(empty: string, rows: readonly Child[]): VNode;
  /** A screen of parts; `title` is a key. */
  partsScreen(page: Page, title: string, make: (act: Act) => Parts, beside?: () => Child): Promise<void>;
  /** All of a list, page by page; the path has a query. */
  every(path: string, options?: Options): Promise<any[]>;
  /** Hands a file to the browser's downloads. */
  download(file: string, text: string, type: string): void;
}
