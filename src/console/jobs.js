// Work that goes on after its request was answered. Loaded when there is some.
import { Problem, get, learn } from "./core.js";

/** @import { Schemas } from "./types.js" */

/**
 * Waits for the end of a job, and tells how far it is meanwhile. Throws what it failed with.
 * @param {Schemas["Job"]} job @param {AbortSignal} signal @param {(job: Schemas["Job"]) => void} [tell] @returns {Promise<Schemas["Job"]>}
 */
export async function finished(job, signal, tell) {
  while ((job.status === "queued" || job.status === "running") && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    job = (await get(`v1/jobs/${job.id}`)).data;
    tell?.(job);
  }
  if (!job.problem) return job;
  await learn("problems");
  throw new Problem(job.problem, null);
}
