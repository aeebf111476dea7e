"""A feed in somebody else's hands: python's icalendar reads a timetable over a change of the clocks, a moved and a
cancelled event.

Usage: calendars.py URL FOLDER, where the feeds are left for other programs
"""

import datetime
import json
import pathlib
import sys
import urllib.parse
import urllib.request
import zoneinfo

import icalendar

URL = sys.argv[1]
FOLDER = pathlib.Path(sys.argv[2])
LONDON = zoneinfo.ZoneInfo("Europe/London")
PASSWORD = "a calendar for everybody 7"


def call(method, path, body=None, token=None):
    """The JSON of a success."""
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def read(path, name):
    """The entries of a calendar by their UIDs; it is left under this name."""
    with urllib.request.urlopen(URL + path) as answer:
        text = answer.read()
    (FOLDER / f"{name}.ics").write_bytes(text)
    # Each exactly once (RFC 5545, section 3.6); the parser would take several.
    for name in (b"PRODID", b"VERSION", b"CALSCALE"):
        assert text.count(b"\r\n" + name + b":") == 1, text[:400]
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"], calendar
    entries = {}
    for entry in calendar.walk("VEVENT"):
        assert not entry.errors, entry.errors
        for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"):
            assert name in entry, (name, entry)
        assert entry["UID"] not in entries, entry["UID"]
        entries[str(entry["UID"])] = entry
    return entries


# The Monday before the clocks go forward next year, and the two after it.
last_of_march = datetime.date(datetime.date.today().year + 1, 3, 31)
change = last_of_march - datetime.timedelta(days=(last_of_march.weekday() + 1) % 7)
monday = change - datetime.timedelta(days=6)

call("POST", "/v1/people", {"email": "calendars@example.org", "name": "Calendars", "password": PASSWORD})
token = call("POST", "/v1/auth/login", {"email": "calendars@example.org", "password": PASSWORD})["access_token"]
campus = call("POST", "/v1/campuses", {
    "slug": "calendars", "name": "Calendars", "city": "London", "country": "United Kingdom", "time_zone": "Europe/London",
    "work_week": ["mon", "tue", "wed", "thu", "fri"],
}, token)["id"]
weeks = [{"number": number, "phase": "core", "topic": "Clocks, and more", "project": {"title": "A clock", "brief": "", "outcomes": []}}
         for number in (1, 2, 3)]
programme = call("POST", "/v1/programmes", {
    "campus_id": campus, "slug": "clocks", "name": "Clocks", "roles": [], "weeks": weeks,
}, token)["id"]
cohort = call("POST", f"/v1/campuses/{campus}/cohorts", {
    "slug": "clocks", "name": "Clocks", "programme_id": programme, "starts_on": str(monday),
}, token)["id"]
call("PUT", f"/v1/cohorts/{cohort}/timetable", {"sessions": [
    {"weekday": "mon", "starts": "09:30", "ends": "10:30", "title": "Check-in; äöü, שלום " + "x" * 80, "kind": "stand_up"},
]}, token)
events = call("GET", f"/v1/cohorts/{cohort}/events", token=token)["data"]
assert len(events) == 3, events
feed = call("POST", "/v1/me/calendar-feeds", {"of": "cohort", "id": cohort}, token)["url"]
path = urllib.parse.urlparse(feed).path

before = read(path, "before")
of = [next(entry for uid, entry in before.items() if uid.startswith(f"event-{event['id']}@")) for event in events]
for number, entry in enumerate(of):
    local = entry.decoded("DTSTART").astimezone(LONDON)
    assert local.date() == monday + datetime.timedelta(weeks=number) and local.hour == 9 and local.minute == 30, local
    assert entry.decoded("DTEND") - entry.decoded("DTSTART") == datetime.timedelta(hours=1)
    assert str(entry["SUMMARY"]) == events[number]["title"], entry["SUMMARY"]
# Half past nine in summer is an hour earlier than half past nine in winter.
assert of[1].decoded("DTSTART") - of[0].decoded("DTSTART") == datetime.timedelta(days=7, hours=-1)
days = [entry for entry in before.values() if str(entry["UID"]).startswith("week-")]
assert [entry.decoded("DTSTART") for entry in days] == [monday + datetime.timedelta(weeks=number) for number in range(3)]
assert len([uid for uid in before if uid.startswith("due-")]) == 3, list(before)

call("PATCH", f"/v1/events/{events[0]['id']}", {"starts_at": f"{monday}T10:00"}, token)
call("DELETE", f"/v1/events/{events[1]['id']}", token=token)
after = read(path, "after")
assert set(after) == set(before)
uids = {name: str(entry["UID"]) for name, entry in zip(("moved", "cancelled", "kept"), of)}
(FOLDER / "events.json").write_text(json.dumps(uids))
moved, cancelled, kept = (after[str(entry["UID"])] for entry in of)
assert moved.decoded("DTSTART").astimezone(LONDON).hour == 10 and moved["SEQUENCE"] > of[0]["SEQUENCE"]
assert cancelled["STATUS"] == "CANCELLED" and cancelled["SEQUENCE"] > of[1]["SEQUENCE"]
assert cancelled.decoded("DTSTART") == of[1].decoded("DTSTART")
assert kept.to_ical() == of[2].to_ical()
print(f"calendars: icalendar reads {len(after)} entries")
