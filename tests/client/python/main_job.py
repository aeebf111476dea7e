"""The main job through the generated Python client: from the first account to alumni who mentor the next cohort.

Usage: main_job.py http://127.0.0.1:8080
"""

import io
import sys
import time

from peerled_client import AuthenticatedClient, Client, models
from peerled_client.api.accounts import get_me, log_in, open_account
from peerled_client.api.campuses import get_campus, join_campus, open_campus
from peerled_client.api.cohorts import change_cohort, list_weeks, make_cohort
from peerled_client.api.mentors import create_mentor_slot, sign_up
from peerled_client.api.programmes import list_programmes
from peerled_client.api.students import enrol, export_enrolments, import_enrolments, list_enrolments
from peerled_client.api.team_plans import create_team_plan, publish_team_plan
from peerled_client.api.teams import list_encounters, list_week_teams
from peerled_client.types import File

URL = sys.argv[1]
RUN = f"py{time.time_ns():x}"
PASSWORD = "weaver lamp orbit"
NAMES = ["Amal", "Bea", "Chidi", "Dana", "Emre", "Farah", "Gwen", "Hassan"]


def step(what):
    print(f"  {what}")


def ok(operation, *path, **rest):
    """The body of a success; a problem document fails the run."""
    answer = operation.sync_detailed(*path, **rest)
    assert 200 <= answer.status_code < 300, answer.content.decode()
    return answer.parsed


def refused(code, operation, *path, **rest):
    problem = operation.sync_detailed(*path, **rest).parsed
    assert isinstance(problem, models.Problem) and problem.code == code, problem


def address(name):
    return f"{name.lower()}.{RUN}@example.org"


def somebody(name):
    """Opens an account and begins a session."""
    nobody = Client(base_url=URL)
    account = {"email": address(name), "name": name, "password": PASSWORD}
    person = ok(open_account, client=nobody, body=models.NewAccount.from_dict(account))
    credentials = models.Credentials(email=address(name), password=PASSWORD)
    tokens = ok(log_in, client=nobody, body=credentials)
    return person.id, AuthenticatedClient(base_url=URL, token=tokens.access_token)


step("an account, a campus, a cohort from a programme of the library")
_, organiser = somebody("Olga")
campus = ok(open_campus, client=organiser, body=models.NewCampus.from_dict({
    "slug": f"london-{RUN}", "name": "FAC London", "city": "London", "country": "United Kingdom",
    "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
}))
assert ok(get_campus, campus.id, client=organiser).slug == campus.slug
refused("authentication_required", get_me, client=Client(base_url=URL))
programme = ok(list_programmes, client=organiser, library=True).data[0]


def open_cohort(slug, starts_on):
    body = {"slug": slug, "name": slug.upper(), "programme_id": programme.id, "starts_on": starts_on}
    return ok(make_cohort, campus.id, client=organiser, body=models.NewCohort.from_dict(body))


def move(cohort, status):
    return ok(change_cohort, cohort.id, client=organiser, body=models.CohortPatch.from_dict({"status": status}))


cohort = open_cohort("fac14", "2026-01-05")
assert ok(list_weeks, cohort.id, client=organiser).data[0].project.title
assert move(cohort, "running").status == models.CohortStatus.RUNNING

step("students join and are enrolled; others come by a table")
students = [somebody(name) for name in NAMES]
for person, student in students:
    ok(join_campus, campus.id, client=student)
    ok(enrol, cohort.id, client=organiser, body=models.NewEnrolment.from_dict({"person_id": person, "experience": 3}))
refused("already_enrolled", enrol, cohort.id, client=organiser,
        body=models.NewEnrolment.from_dict({"person_id": students[0][0]}))
table = File(payload=io.BytesIO(f"email,name\n{address('Ines')},Ines\n".encode()))
imported = ok(import_enrolments, cohort.id, client=organiser, body=table)
assert len(imported.rows) == 1, imported
exported = ok(export_enrolments, cohort.id, client=organiser)
assert "Hassan" in exported.payload.read().decode("utf-8-sig")
assert [one.person.name for one in ok(list_enrolments, cohort.id, client=organiser).data] == NAMES

step("teams are formed, published and read")
demands = {"from_week": 1, "to_week": 2, "team_size": {"min": 4, "max": 4}, "effort": "quick"}
formed = create_team_plan.sync_detailed(cohort.id, client=organiser, body=models.NewTeamPlan.from_dict(demands))
assert formed.status_code == 201, formed.content.decode()
assert formed.parsed.status == models.PlanStatus.DRAFT
refused("precondition_failed", publish_team_plan, formed.parsed.id, client=organiser,
        body=models.Publication.from_dict({}), if_match='"999"')
published = ok(publish_team_plan, formed.parsed.id, client=organiser, body=models.Publication.from_dict({}),
               if_match=formed.headers["ETag"])
assert published.status == models.PlanStatus.PUBLISHED
for person, student in students:
    week = ok(list_week_teams, cohort.id, 1, client=student)
    assert sum(member.person.id == person for team in week.data for member in team.members) == 1
assert len(ok(list_encounters, cohort.id, client=organiser).data) > 0

step("the cohort graduates, and an alumna mentors the next")
move(cohort, "graduated")
person, alumna = students[0]
roles = [role.role for role in ok(get_me, client=alumna).roles]
assert models.RoleName.ALUMNUS in roles, roles
later = open_cohort("fac15", "2031-01-06")
slot = ok(create_mentor_slot, later.id, client=organiser,
          body=models.NewMentorSlot.from_dict({"week": 1, "kind": "week", "min": 1, "capacity": 1}))
assert ok(sign_up, slot.id, client=alumna).status == models.SignUpStatus.CONFIRMED
assert ok(sign_up, slot.id, client=students[1][1]).status == models.SignUpStatus.WAITLISTED
