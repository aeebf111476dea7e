//! What all cohorts of the network have in common: the weeks of a library programme, and teams that the team former
//! makes once.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::{
    cohorts::model::Phase,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant, Slug},
    programmes::{
        self,
        model::{Programme, WeekOutline},
    },
    team_plans::{
        former,
        model::{FormingInput, PlanRequest, Report, Snapshot, Student, WeekDates},
    },
    teams::model::{Names, Seated, Span},
};

/// Students of a cohort.
pub const STUDENTS: u32 = 20;
/// The library's programme that the network's begin as.
const PROGRAMME: &str = "fac-2018";

/// Made once for all cohorts.
pub struct Pattern {
    /// The programme in the library.
    pub programme: Programme,
    /// Its weeks; the one for reading builds on what the one before it began.
    pub weeks: Vec<WeekOutline>,
    /// What the teams were asked for with.
    pub request: PlanRequest,
    /// A round a week, with [`placeholder`]s for people.
    pub rounds: Vec<Seated>,
    /// What they are worth.
    pub report: Report,
}

/// What stands for the student at that place of a cohort.
fn placeholder(place: u32) -> Id {
    Id::at(Instant::from(chrono::DateTime::UNIX_EPOCH), place)
}

/// How much the student at that place has programmed before.
pub fn experience(place: u32) -> i32 {
    i32::try_from(place % 6).unwrap_or(0)
}

/// What the student at that place has volunteered.
pub fn attributes(place: u32) -> BTreeMap<String, String> {
    let gender = if place.is_multiple_of(2) { "woman" } else { "man" };
    BTreeMap::from([("gender".to_owned(), gender.to_owned())])
}

impl Pattern {
    /// Reads the programme and forms the teams.
    ///
    /// # Errors
    /// `500`, should there be no such programme or no teams.
    pub fn make(conn: &mut Conn, seed: u64) -> Result<Self> {
        let wanted = programmes::model::ProgrammeSelection {
            slug: Some(Slug::parse(PROGRAMME).map_err(Error::internal)?),
            library: Some(true),
            ..Default::default()
        };
        let programme = programmes::store::programmes(conn, &wanted, 1)?
            .pop()
            .ok_or_else(Error::not_found)?;
        let rows = programmes::store::weeks(conn, programme.id)?;
        let mut weeks: Vec<WeekOutline> = rows.into_iter().map(WeekOutline::of_row).collect::<Result<_>>()?;
        for next in 1..weeks.len() {
            let (before, rest) = weeks.split_at_mut(next);
            if let (Some(before), Some(week)) = (before.last(), rest.first_mut())
                && week.project.is_none()
            {
                week.phase = Phase::Core;
                week.project = before.project.clone();
            }
        }
        let last = weeks.last().map_or(1, |week| week.number);
        let request: PlanRequest =
            serde_json::from_value(json!({ "from_week": 1, "to_week": last, "seed": seed >> 12, "effort": "quick" }))
                .map_err(Error::internal)?;
        let roles = serde_json::from_str(&programme.roles).map_err(Error::internal)?;
        let formed = former::form(&input(request.clone(), last, roles), &mut |_| true)?
            .map_err(|_| Error::internal("a cohort without any demand has no teams"))?;
        Ok(Self {
            programme,
            weeks,
            request,
            rounds: formed.rounds,
            report: formed.report,
        })
    }

    /// The same teams of other people: those at the places of `people`.
    pub fn with(&self, people: &[Id]) -> (Vec<Seated>, Report) {
        let places: BTreeMap<Id, Id> = (0..).map(placeholder).zip(people.iter().copied()).collect();
        let name = |id: Id| places.get(&id).copied().unwrap_or(id);
        let mut rounds = self.rounds.clone();
        for seat in rounds.iter_mut().flat_map(|round| round.teams.iter_mut().flatten()) {
            seat.person = name(seat.person);
        }
        (rounds, self.report.clone().naming(name))
    }
}

fn input(request: PlanRequest, last: i32, roles: Vec<String>) -> FormingInput {
    let first = NaiveDate::default();
    let monday = |week: i32| first + Days::new(7 * u64::from(week.unsigned_abs()));
    let student = |place| Student {
        id: placeholder(place),
        enrolled: true,
        experience: Some(experience(place)),
        attributes: attributes(place),
        joined_on: first,
        left_on: None,
    };
    let week = |number| WeekDates {
        number,
        phase: Phase::Core,
        starts_on: monday(number),
        ends_on: monday(number) + Days::new(4),
    };
    let nobody = placeholder(0);
    FormingInput {
        account: nobody,
        campus: nobody,
        cohort: nobody,
        seed: request.seed.unwrap_or(0),
        request,
        rounds: (1..=last)
            .map(|week| Span {
                first: week,
                last: week,
            })
            .collect(),
        later_rounds: Vec::new(),
        earlier: Vec::new(),
        snapshot: Snapshot {
            weeks: (1..=last).map(week).collect(),
            students: (0..STUDENTS).map(student).collect(),
            roles,
            ..Snapshot::default()
        },
        names: Names::default(),
    }
}
