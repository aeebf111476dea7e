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
