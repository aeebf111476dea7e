//! What can still be changed of a plan as a whole, and which of its teams a rerun keeps.

use std::collections::BTreeSet;

use crate::{
    error::{Code, Error, FieldError, Result},
    primitives::Id,
    team_plans::model::{Draft, Keep, KeptTeam, KeptTeams, PlanRequest, RerunRequest, Snapshot},
    teams::model::{FullRound, Seat, Seated, Span, TeamSeats},
};

/// Drafts that a cohort may have, of which students see nothing.
pub const MOST_DRAFTS: usize = 20;

/// Whether one more draft may be made, beside these.
///
/// # Errors
/// `409 too_many_drafts` with those that could be discarded.
pub fn check_room(drafts: &[Draft]) -> Result<()> {
    if drafts.len() < MOST_DRAFTS {
        return Ok(());
    }
    let detail = format!(
        "The cohort has {} drafts. Discard some of those in `drafts` first.",
        drafts.len()
    );
    Err(Error::new(Code::TooManyDrafts, detail).with("drafts", drafts))
}

/// `409 roster_changed`: what the teams were formed for is not what is there now.
pub fn roster_changed() -> Error {
    let detail =
        "Students, absences, pair rules or weeks changed while the teams were being formed. Send the request again.";
    Error::new(Code::RosterChanged, detail)
}

/// Whether there is anything left of a plan that students do not see yet.
///
/// # Errors
/// `409`.
pub fn check_open<T>(open: &[T]) -> Result<()> {
    if !open.is_empty() {
        return Ok(());
    }
    let detail = "All weeks of this plan are published. Repair the published teams instead.";
    Err(Error::new(Code::PlanNotDraft, detail))
}

/// Whether the same people are together in each round, in whatever order.
pub fn are_same_teams(some: &[Seated], others: &[Seated]) -> bool {
    let teams = |round: &Seated| -> (Span, BTreeSet<BTreeSet<Id>>) {
        let people = |team: &Vec<_>| team.iter().map(|seat: &Seat| seat.person).collect();
        (round.span, round.teams.iter().map(people).collect())
    };
    some.len() == others.len() && some.iter().map(teams).eq(others.iter().map(teams))
}

/// What a rerun leaves as it is.
#[derive(Debug, Default, PartialEq)]
pub struct Kept {
    /// The rounds of which every team stays.
    pub whole: BTreeSet<Id>,
    /// In other rounds, the teams that stay.
    pub teams: Vec<KeptTeams>,
}

/// Finds what is to be kept among the open rounds of a draft.
///
/// # Errors
/// `422` for a week or a team that the draft does not have, somebody in a team to be kept who is no
/// longer there, or nothing left to form.
pub fn kept(open: &[&FullRound], keep: &[Keep], snapshot: &Snapshot, request: &PlanRequest) -> Result<Kept> {
    let mut wrong = Vec::new();
    let mut kept = Kept::default();
    for (at, named) in keep.iter().enumerate() {
        let Some(round) = open.iter().find(|round| round.round.span().has(named.week)) else {
            let detail = format!(
                "must be a week of the draft that is not published; week {} is not",
                named.week
            );
            wrong.push(FieldError::at(format!("/keep/{at}/week"), "not_found", detail));
            continue;
        };
        match named.team {
            None => {
                kept.whole.insert(round.round.id);
            }
            Some(team) => match kept_team(at, team, round, snapshot) {
                Ok(team) => add(&mut kept.teams, round.round.span(), team),
                Err(error) => wrong.push(error),
            },
        }
    }
    Error::check_fields(wrong)?;
    kept.teams.retain(|teams| {
        !open
            .iter()
            .any(|round| round.round.span() == teams.span && kept.whole.contains(&round.round.id))
    });
    let is_whole = |round: &&&FullRound| kept.whole.contains(&round.round.id);
    if open.iter().filter(is_whole).count() == open.len() {
        return Err(Error::field(
            "/keep",
            "invalid",
            "must leave out at least one week or team, which is then formed again",
        ));
    }
    for teams in &mut kept.teams {
        let round = open.iter().find(|round| round.round.span() == teams.span);
        let seated = round.map(|round| round.seated());
        teams.sizes = sizes(teams, seated.as_ref(), snapshot, request)?;
    }
    Ok(kept)
}

fn kept_team(at: usize, team: Id, round: &FullRound, snapshot: &Snapshot) -> Result<KeptTeam, FieldError> {
    let span = round.round.span();
    let found = round.teams.iter().find(|full| full.team.id == team);
    let members: Vec<Id> = found
        .map(|full| full.seats().iter().map(|seat| seat.person).collect())
        .unwrap_or_default();
    let pointer = format!("/keep/{at}/team");
    if members.is_empty() {
        let detail = format!("is not a team of week {}", span.first);
        return Err(FieldError::at(pointer, "not_found", detail));
    }
    let present = snapshot.present(span);
    if members.iter().any(|member| !present.contains(member)) {
        let detail = format!(
            "has a member who is absent in week {} or has left; leave the team out, so that it is formed again",
            span.first
        );
        return Err(FieldError::at(pointer, "absent", detail));
    }
    Ok(KeptTeam { at, members })
}

fn add(all: &mut Vec<KeptTeams>, span: Span, team: KeptTeam) {
    let place = all.iter().position(|teams| teams.span == span).unwrap_or(all.len());
    if place == all.len() {
        all.push(KeptTeams {
            span,
            sizes: Vec::new(),
            teams: Vec::new(),
        });
    }
    let Some(teams) = all.get_mut(place) else { return };
    if !teams.teams.iter().any(|other| other.members == team.members) {
        teams.teams.push(team);
    }
}

/// The sizes of the round's teams, those that are kept first: the others as they were, or as the
/// request allows if there are more or fewer people to place now.
fn sizes(kept: &KeptTeams, before: Option<&Seated>, snapshot: &Snapshot, request: &PlanRequest) -> Result<Vec<usize>> {
    let held: Vec<usize> = kept.teams.iter().map(|team| team.members.len()).collect();
    let people = snapshot.present(kept.span).len().saturating_sub(held.iter().sum());
    let is_kept = |team: &Vec<Seat>| {
        kept.teams
            .iter()
            .any(|kept| team.iter().any(|seat| kept.members.contains(&seat.person)))
    };
    let teams = before.iter().flat_map(|round| &round.teams);
    let others: Vec<usize> = teams.filter(|team| !is_kept(team)).map(Vec::len).collect();
    if others.iter().sum::<usize>() == people {
        return Ok([held, others].concat());
    }
    let range = request.sizes_or_range(kept.span);
    let fits = |teams: &usize| teams * range.min <= people && people <= teams * range.max;
    let teams = (0..=people)
        .filter(fits)
        .min_by_key(|teams| teams.abs_diff(others.len()));
    let Some(teams) = teams else {
        let detail = format!(
            "Beside the teams that are kept, {people} students are to be placed in week {}, which no number of teams of \
             {} to {} takes. Keep fewer teams of that week.",
            kept.span.first, range.min, range.max
        );
        return Err(Error::new(Code::RosterChanged, detail));
    };
    let even = (0..teams).map(|team| people / teams + usize::from(team < people % teams));
    Ok(held.into_iter().chain(even).collect())
}

/// Whether what the draft was asked for can still be asked: students and weeks may have changed.
///
/// # Errors
/// `409 roster_changed`.
pub fn check_still_asked(request: &PlanRequest, snapshot: &Snapshot, rounds: &[Span]) -> Result<()> {
    let unpublished = Snapshot {
        published: Vec::new(),
        ..snapshot.clone()
    };
    let changed = |why: &str| {
        let detail = format!("The plan's demands no longer fit the cohort: {why}. Ask for a new plan.");
        Error::new(Code::RosterChanged, detail)
    };
    let now = super::rounds_to_form(request, &unpublished).map_err(|error| match error.code() {
        Code::InvalidFields => changed(error.detail().trim_end_matches('.')),
        _ => error,
    })?;
    match rounds.iter().all(|round| now.contains(round)) {
        true => Ok(()),
        false => Err(changed("its weeks have moved")),
    }
}

/// Whether a rerun is asked for in words that make sense.
///
/// # Errors
/// `422`.
pub fn check_rerun(asked: &RerunRequest) -> Result<()> {
    let mut wrong = Vec::new();
    if asked.keep.len() > 200 {
        wrong.push(FieldError::at("/keep", "invalid", "must have at most 200 items"));
    }
    wrong.extend(super::request::seed_error(asked.seed));
    Error::check_fields(wrong)
}

/// A team of a round, and which of before it goes on as; none if it is new.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamMatch {
    /// The team of before.
    pub team: Option<Id>,
    /// Who is in it now.
    pub seats: Vec<Seat>,
}

/// Which team of before each team goes on as: the one with the same people, or none.
pub fn match_teams(before: &[TeamSeats], after: &[Vec<Seat>]) -> Vec<TeamMatch> {
    let people = |seats: &[Seat]| -> BTreeSet<Id> { seats.iter().map(|seat| seat.person).collect() };
    let same = |seats: &Vec<Seat>| {
        let same = before.iter().find(|old| people(&old.seats) == people(seats));
        same.map(|old| old.team)
    };
    let matched = |seats: &Vec<Seat>| TeamMatch {
        team: same(seats),
        seats: seats.clone(),
    };
    after.iter().map(matched).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> Vec<Id> {
        (0..count).map(|_| Id::new()).collect()
    }

    fn team(people: &[Id]) -> Vec<Seat> {
        let seat = |person: &Id| Seat {
            person: *person,
            role: None,
        };
        people.iter().map(seat).collect()
    }

    fn round(week: i32, teams: &[&[Id]]) -> Seated {
        Seated {
            span: Span {
                first: week,
                last: week,
            },
            teams: teams.iter().map(|people| team(people)).collect(),
        }
    }

    #[test]
    fn teams_are_the_same_in_whatever_order() {
        let ids = ids(4);
        let [a, b, c, d] = ids[..] else { unreachable!() };
        let one = [round(1, &[&[a, b], &[c, d]])];
        assert!(are_same_teams(&one, &[round(1, &[&[d, c], &[a, b]])]));
        assert!(!are_same_teams(&one, &[round(2, &[&[a, b], &[c, d]])]));
        assert!(!are_same_teams(&one, &[round(1, &[&[a, c], &[b, d]])]));
        assert!(!are_same_teams(&one, &[]));
    }

    #[test]
    fn a_team_goes_on_only_with_the_same_people_wherever_it_comes_out() {
        let ids = ids(6);
        let (first, second, third) = (team(&ids[..2]), team(&ids[2..4]), team(&ids[4..]));
        let (a, b) = (Id::new(), Id::new());
        let before = [(a, first.clone()), (b, second.clone())].map(|(team, seats)| TeamSeats { team, seats });
        let places = |after: &[Vec<Seat>]| -> Vec<Option<Id>> {
            match_teams(&before, after).into_iter().map(|team| team.team).collect()
        };
        assert_eq!(places(&[third.clone(), first.clone()]), [None, Some(a)]);
        assert_eq!(places(&[second, third.clone(), first]), [Some(b), None, Some(a)]);
        assert_eq!(places(&[third]), [None]);
    }

    #[test]
    fn nothing_is_changed_of_what_students_see() {
        assert!(check_open(&[1]).is_ok());
        assert_eq!(check_open::<u8>(&[]).unwrap_err().code(), Code::PlanNotDraft);
    }
}
