//! A cohort: its weeks and students, the teams of all its weeks, and its mentors.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use rand::seq::IndexedRandom as _;
use serde_json::json;

use super::{
    making::{Making, student_email, value},
    pattern::{STUDENTS, attributes, experience},
    rows::PublishedRow,
};
use crate::{
    cohorts::model::{Cohort, CohortStatus, Project, Week},
    error::{Error, Result},
    mentoring::model::{SignUp, SignUpStatus, Slot, SlotDetails, SlotKind},
    primitives::{Id, Instant, Line, LocalTime, Slug, time::TimeZone},
    students::model::{Enrolment, EnrolmentStatus},
    team_plans::model::{PlanAct, PlanVersion, TeamPlan, VersionSeat},
    teams::model::{Member, Round, Seated, Team},
};

/// Mentors of a week for which there is room.
const CAPACITY: i32 = 3;
/// Of a cohort that has graduated one week in so many had mentors.
const MENTORED: i32 = 4;

/// Who once studied in a cohort, and its last day.
pub struct StudentsOf {
    people: Vec<Id>,
    ends_on: NaiveDate,
}

/// Where the cohorts of a campus are.
pub struct Setting {
    pub campus: Id,
    pub number: u32,
    pub zone: TimeZone,
    pub programme: Id,
    pub facilitator: Id,
}

impl Setting {
    /// Adds a cohort: the `nth` of the campus, with `later` ones after it.
    pub fn cohort(
        &self,
        making: &mut Making,
        (nth, later): (u32, u32),
        starts_on: NaiveDate,
        earlier: &[StudentsOf],
    ) -> Result<StudentsOf> {
        let made = making.noon(starts_on - TimeDelta::days(60));
        let cohort = self.row(making, (nth, later), starts_on, made)?;
        let spans = self.weeks(making, &cohort)?;
        let mut people = Vec::new();
        for place in 0..STUDENTS {
            let email = student_email(self.number, nth, place);
            let person = making.person(&email, self.campus, made)?;
            people.push(person);
            making.rows.enrolments.push(enrolment(&cohort, person, place));
        }
        self.teams(making, &cohort, &people)?;
        for (number, monday) in spans {
            mentors(making, &cohort, (number, monday), earlier);
        }
        let ends_on = cohort.ends_on;
        making.rows.cohorts.push(cohort);
        Ok(StudentsOf { people, ends_on })
    }

    fn row(
        &self,
        making: &mut Making,
        (nth, later): (u32, u32),
        starts_on: NaiveDate,
        made: Instant,
    ) -> Result<Cohort> {
        let (status, previous_status, version) = match later {
            0 => (CohortStatus::Planned, CohortStatus::Planned, 1),
            1 | 2 => (CohortStatus::Running, CohortStatus::Planned, 2),
            _ => (CohortStatus::Graduated, CohortStatus::Running, 3),
        };
        let weeks = i64::try_from(making.network.pattern.weeks.len()).unwrap_or(0);
        let ends_on = starts_on + TimeDelta::weeks(weeks - 1) + TimeDelta::days(4);
        let changed = match status {
            CohortStatus::Graduated => making.noon(ends_on),
            CohortStatus::Running => making.noon(starts_on),
            _ => made,
        };
        Ok(Cohort {
            id: making.id(made),
            campus_id: self.campus,
            programme_id: self.programme,
            slug: value(Slug::parse(&format!("cohort-{}", nth + 1)))?,
            name: value(Line::parse(&format!("Cohort {}", nth + 1)))?,
            status,
            starts_on,
            ends_on,
            version,
            created_at: made,
            updated_at: changed,
            previous_status,
            status_changed_at: changed,
        })
    }

    /// The number of each week and its first day.
    fn weeks(&self, making: &mut Making, cohort: &Cohort) -> Result<Vec<(i32, NaiveDate)>> {
        let mut spans = Vec::new();
        for outline in &making.network.pattern.weeks {
            let starts_on = cohort.starts_on + TimeDelta::weeks(i64::from(outline.number) - 1);
            let ends_on = starts_on + TimeDelta::days(4);
            let project_id = match &outline.project {
                None => None,
                Some(project) => {
                    let five = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
                    let id = making.id(cohort.created_at);
                    making.rows.projects.push(Project {
                        id,
                        cohort_id: cohort.id,
                        title: project.title.clone(),
                        brief: project.brief.clone(),
                        outcomes: serde_json::to_string(&project.outcomes).map_err(Error::internal)?,
                        repository_name: Some(value(Line::parse("{cohort}-week{week}-{team}"))?),
                        due_at: Some(Instant::of_local(ends_on.and_time(five), self.zone)),
                        version: 1,
                        created_at: cohort.created_at,
                        updated_at: cohort.created_at,
                        due_local: Some(LocalTime::on(ends_on, five)),
                        is_open: project.open,
                        question: project.question.clone(),
                    });
                    Some(id)
                }
            };
            let id = making.id(cohort.created_at);
            making.rows.weeks.push(Week {
                id,
                cohort_id: cohort.id,
                number: outline.number,
                phase: outline.phase,
                topic: outline.topic.clone(),
                starts_on,
                ends_on,
                project_id,
                version: 1,
                gap_told_at: None,
            });
            spans.push((outline.number, starts_on));
        }
        Ok(spans)
    }

    /// The teams of all weeks, planned at once and published.
    fn teams(&self, making: &mut Making, cohort: &Cohort, people: &[Id]) -> Result<()> {
        let made = making.noon(cohort.starts_on - TimeDelta::days(50));
        let published = made.plus(TimeDelta::hours(1));
        let plan_id = making.id(made);
        let (rounds, report) = making.network.pattern.with(people);
        let request = &making.network.pattern.request;
        let seed = request.seed.unwrap_or(0);
        let weeks: Vec<i32> = rounds.iter().flat_map(|round| round.span.weeks()).collect();
        making.rows.team_plans.push(TeamPlan {
            id: plan_id,
            cohort_id: cohort.id,
            from_week: request.from_week,
            to_week: request.to_week,
            seed,
            request: serde_json::to_string(request).map_err(Error::internal)?,
            report: serde_json::to_string(&report).map_err(Error::internal)?,
            created_by: Some(self.facilitator),
            version: 2,
            created_at: made,
            updated_at: published,
            planned_along: "[]".into(),
        });
        let version = |version, act, at, planned_along| PlanVersion {
            plan_id,
            version,
            act: Some(act),
            weeks: json!(weeks).to_string(),
            restored: None,
            seed,
            planned_along,
            made_by: Some(self.facilitator),
            created_at: at,
        };
        let formed = version(1, PlanAct::Formed, made, Some("[]".into()));
        making.rows.plan_versions.push(formed);
        making
            .rows
            .plan_versions
            .push(version(2, PlanAct::Publication, published, None));
        for seated in &rounds {
            round(making, cohort, (plan_id, seated), (made, published))?;
        }
        Ok(())
    }
}

fn enrolment(cohort: &Cohort, person_id: Id, place: u32) -> Enrolment {
    let (status, version, updated_at) = match cohort.status {
        CohortStatus::Graduated => (EnrolmentStatus::Graduated, 2, cohort.updated_at),
        _ => (EnrolmentStatus::Enrolled, 1, cohort.created_at),
    };
    Enrolment {
        cohort_id: cohort.id,
        person_id,
        status,
        experience: Some(experience(place)),
        attributes: json!(attributes(place)).to_string(),
        joined_on: cohort.starts_on,
        left_on: None,
        version,
        created_at: cohort.created_at,
        updated_at,
        entered_as: None,
        claimed_id: None,
        claimed_name: None,
        told_at: None,
    }
}

fn round(
    making: &mut Making,
    cohort: &Cohort,
    (plan_id, seated): (Id, &Seated),
    (made, published): (Instant, Instant),
) -> Result<()> {
    let round_id = making.id(made);
    making.rows.rounds.push(Round {
        id: round_id,
        plan_id,
        cohort_id: cohort.id,
        first_week: seated.span.first,
        last_week: seated.span.last,
        published_at: Some(published),
    });
    for week_number in seated.span.weeks() {
        making.rows.published_weeks.push(PublishedRow {
            cohort_id: cohort.id,
            week_number,
            round_id,
        });
    }
    for (team_position, seats) in (0..).zip(&seated.teams) {
        let team_id = making.id(made);
        let team_name = value(Line::parse(&format!("Team {}", team_position + 1)))?;
        making.rows.teams.push(Team {
            id: team_id,
            round_id,
            position: team_position,
            name: team_name.clone(),
            repository_url: None,
            deployed_url: None,
            version: 1,
        });
        for (position, seat) in (0..).zip(seats) {
            making.rows.team_members.push(Member {
                round_id,
                person_id: seat.person,
                team_id,
                role: seat.role.clone(),
                position,
            });
            making.rows.plan_version_seats.push(VersionSeat {
                plan_id,
                version: 1,
                round_id,
                team_id,
                team_name: team_name.clone(),
                team_position,
                person_id: seat.person,
                role: seat.role.clone(),
                position,
            });
        }
    }
    Ok(())
}

/// The mentor slots of a week: alumni came to those that have been, and one is coming to each that is to come.
fn mentors(making: &mut Making, cohort: &Cohort, (week_number, monday): (i32, NaiveDate), earlier: &[StudentsOf]) {
    let graduated = cohort.status == CohortStatus::Graduated;
    if graduated && week_number % MENTORED != 0 {
        return;
    }
    let is_over = monday <= making.network.day;
    let alumni: Vec<Id> = earlier
        .iter()
        .filter(|students| students.ends_on < monday.min(making.network.day))
        .flat_map(|students| students.people.iter().copied())
        .collect();
    let (slots, coming, status) = match is_over {
        true => (1, 2, SignUpStatus::Attended),
        false => (making.network.slots_a_week, 1, SignUpStatus::Confirmed),
    };
    for _ in 0..slots {
        let slot_id = making.id(cohort.created_at);
        let details = SlotDetails::of_week(SlotKind::Week, 1, CAPACITY);
        let slot = Slot::new(slot_id, cohort.id, week_number, details, cohort.created_at);
        making.rows.mentor_slots.push(slot);
        let people: BTreeSet<Id> = alumni.choose_multiple(&mut making.rng, coming).copied().collect();
        let signed_up = making.noon((monday - TimeDelta::days(14)).min(making.network.day - TimeDelta::days(7)));
        for (turn, person_id) in (1..).zip(people) {
            let id = making.id(signed_up);
            let sign_up = SignUp::new(id, (slot_id, person_id), turn, status, signed_up);
            making.rows.sign_ups.push(sign_up);
        }
    }
}
