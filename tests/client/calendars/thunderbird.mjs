// The feeds that calendars.py has left in a folder, as Thunderbird shows them: read by its library, in the calendar of
// somebody in London and of somebody in India, over the change of the clocks. Usage: node thunderbird.mjs FOLDER
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [folder] = process.argv.slice(2);
const { moved, cancelled, kept } = JSON.parse(readFileSync(`${folder}/events.json`, "utf8"));

// The entries of a feed by their UIDs, once the library has found nothing amiss.
function entries(name) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(`${folder}/${name}.ics`, "utf8")));
  assert.equal(calendar.name, "vcalendar");
  for (const name of ["version", "prodid", "calscale"]) assert.equal(calendar.getAllProperties(name).length, 1, name);
  const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component, { strictExceptions: true }));
  assert.equal(new Set(events.map((event) => event.uid)).size, events.length);
  return new Map(events.map((event) => [event.uid, event]));
}

// What is drawn between two days: each occurrence, unless it was called off.
function shown(calendar, from, to) {
  const rows = [];
  for (const event of calendar.values()) {
    if (event.component.getFirstPropertyValue("status") === "CANCELLED") continue;
    const occurrences = event.iterator();
    for (let next; (next = occurrences.next()); ) {
      const { startDate, endDate } = event.getOccurrenceDetails(next);
      if (startDate.toJSDate() >= from && startDate.toJSDate() < to) {
        rows.push({ uid: event.uid, start: startDate.toJSDate(), end: endDate.toJSDate(), isDay: startDate.isDate });
      }
    }
  }
  return rows;
}

// A program reads a feed again: what has a higher SEQUENCE takes the place of what it has.
function updated(calendar, feed) {
  const next = new Map(calendar);
  for (const [uid, event] of feed) {
    if (event.sequence > (calendar.get(uid)?.sequence ?? -1)) next.set(uid, event);
  }
  return next;
}

function onWall(date, timeZone) {
  return date.toLocaleString("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" });
}

const all = [new Date(0), new Date("2200-01-01")];
const before = entries("before");
const checkIns = shown(before, ...all).filter((row) => row.uid.startsWith("event-"));
assert.equal(checkIns.length, 3);
for (const { start, end } of checkIns) {
  assert.equal(onWall(start, "Europe/London"), "Mon 09:30");
  assert.equal(end - start, 3600_000);
}
// Where no clocks change, it is an hour earlier from then on.
const inIndia = checkIns.sort((one, other) => one.start - other.start).map(({ start }) => onWall(start, "Asia/Kolkata"));
assert.deepEqual(inIndia, ["Mon 15:00", "Mon 14:00", "Mon 14:00"]);
const days = shown(before, ...all).filter((row) => row.isDay);
assert.equal(days.length, 3);
// A week lasts until the Saturday at midnight, so it covers Monday to Friday.
for (const { start, end } of days) assert.equal(Math.round((end - start) / 86_400_000), 5);

const after = updated(before, entries("after"));
const times = new Map(shown(after, ...all).map((row) => [row.uid, row.start]));
assert.equal(onWall(times.get(moved), "Europe/London"), "Mon 10:00");
assert.equal(times.has(cancelled), false, "what was called off is not drawn");
assert.equal(onWall(times.get(kept), "Europe/London"), "Mon 09:30");
assert.equal(after.size, before.size);
assert.equal(shown(after, ...all).length, shown(before, ...all).length - 1);
console.log(`calendars: ical.js shows ${times.size} entries`);
