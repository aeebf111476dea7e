//! The teams of a round as staff arrange them: everybody who is present, once.

use std::collections::{BTreeMap, BTreeSet};

use super::TeamMatch;
use crate::{
    error::{Error, FieldError, Result},
    primitives::Id,
    team_plans::model::{Arrangement, Snapshot},
    teams::model::{Names, Seat, Seated, TeamSeats, take_seat},
};

/// Whether everybody who is present in a round is in one of the teams, once, and nobody else. Who was in a team before
/// an absence was noted may stay in one.
///
/// # Errors
/// `422`, naming who is missing, listed twice or not to be placed.
pub fn check_arrangement(asked: &Arrangement, before: &Seated, snapshot: &Snapshot, names: &Names) -> Result<()> {
    let present = snapshot.present(before.span);
    let mut may_be_placed = present.clone();
    let placed: BTreeSet<Id> = before.teams.iter().flatten().map(|seat| seat.person).collect();
    let belongs = snapshot
        .students
        .iter()
        .filter(|one| snapshot.belongs(one, before.span));
    may_be_placed.extend(belongs.map(|one| one.id).filter(|id| placed.contains(id)));
    let (mut wrong, mut seen, mut twice) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for (team, people) in asked.teams.iter().enumerate() {
        if people.is_empty() {
            let detail = "must have a member; leave out a team that is no longer wanted";
            wrong.push(FieldError::at(format!("/teams/{team}"), "invalid", detail));
        }
        for (at, person) in people.iter().enumerate() {
            let pointer = format!("/teams/{team}/{at}");
            if !may_be_placed.contains(person) {
                let detail = not_to_be_placed(*person, before, names);
                wrong.push(FieldError::at(pointer, "not_found", detail));
            } else if let Some(first) = seen.get(person) {
                let detail = format!("{} is already listed at {first}", names.of(*person).name);
                wrong.push(FieldError::at(pointer, "invalid", detail));
                twice.insert(*person);
            } else {
                seen.insert(*person, pointer);
            }
        }
    }
    let missing: Vec<Id> = present.iter().filter(|id| !seen.contains_key(id)).copied().collect();
    if !missing.is_empty() {
        let detail = format!(
            "must have everybody who is present in week {}; missing: {}",
            before.span.first,
            names.list(&missing)
        );
        wrong.push(FieldError::at("/teams", "required", detail));
    }
    wrong.extend(wrong_roles(asked, &snapshot.roles));
    if wrong.is_empty() {
        return Ok(());
    }
    let named = |ids: &mut dyn Iterator<Item = &Id>| -> Vec<_> { ids.map(|id| names.of(*id)).collect() };
    let mut error = Error::fields(wrong);
    if !missing.is_empty() {
        error = error.with("missing", named(&mut missing.iter()));
    }
    if !twice.is_empty() {
        error = error.with("twice", named(&mut twice.iter()));
    }
    Err(error)
}

fn not_to_be_placed(person: Id, before: &Seated, names: &Names) -> String {
    let week = before.span.first;
    match names.get(person) {
        Some(name) => format!("{name} has left or is absent in week {week}; leave them out"),
        None => "must be a student of this cohort".into(),
    }
}

fn wrong_roles(asked: &Arrangement, roles: &[String]) -> Vec<FieldError> {
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for (at, given) in asked.roles().iter().enumerate() {
        let mut refuse = |field: &str, code, detail: String| {
            wrong.push(FieldError::at(format!("/roles/{at}/{field}"), code, detail));
        };
        if !asked.teams.iter().flatten().any(|person| *person == given.person_id) {
            refuse("person_id", "not_found", "must be in one of the teams".into());
        } else if !seen.insert(given.person_id) {
            refuse("person_id", "invalid", "is listed twice".into());
        }
        if let Some(detail) = given.unknown_role(roles) {
            refuse("role", "not_found", detail);
        }
    }
    wrong
}

/// The round with the teams asked for, each going on as the one of before that it shares most people with. Who is named in
/// `roles` has that role; who stays in their team keeps theirs; others take one that their new team lacks.
pub fn arrange(before: &[TeamSeats], asked: &Arrangement, roles: &[String]) -> Vec<TeamMatch> {
    let mut given = BTreeMap::new();
    given.extend(
        asked
            .roles()
            .iter()
            .map(|change| (change.person_id, change.role.clone())),
    );
    let role_before = |person: Id| {
        let mut seats = before.iter().flat_map(|team| &team.seats);
        seats
            .find(|seat| seat.person == person)
            .and_then(|seat| seat.role.clone())
    };
    let team = |(id, people): (Option<Id>, Vec<Id>)| {
        let own = before.iter().find(|team| Some(team.team) == id);
        let stayed = |person: &Id| own.is_some_and(|team| team.has(*person));
        let (mut seats, mut without) = (Vec::new(), Vec::new());
        for person in &people {
            match given.get(person) {
                Some(role) => seats.push(Seat {
                    person: *person,
                    role: role.clone(),
                }),
                None if stayed(person) => seats.push(Seat {
                    person: *person,
                    role: role_before(*person),
                }),
                None => without.push(*person),
            }
        }
        for person in without {
            take_seat(&mut seats, person, role_before(person).as_ref(), roles);
        }
        let place = |seat: &Seat| people.iter().position(|person| *person == seat.person);
        seats.sort_by_key(place);
        TeamMatch { team: id, seats }
    };
    let mut teams: Vec<TeamMatch> = match_most_shared(before, &asked.teams).into_iter().map(team).collect();
    // In the order of before, new ones last.
    let place = |team: &TeamMatch| before.iter().position(|own| Some(own.team) == team.team);
    teams.sort_by_key(|team| place(team).unwrap_or(usize::MAX));
    teams
}

/// Which team of before each goes on as, so that as many people as can be stay where they were; the largest share first.
fn match_most_shared(before: &[TeamSeats], after: &[Vec<Id>]) -> Vec<(Option<Id>, Vec<Id>)> {
    let shared = |seats: &[Seat], people: &[Id]| seats.iter().filter(|seat| people.contains(&seat.person)).count();
    let mut pairs: Vec<(usize, usize, Id)> = Vec::new();
    for (at, people) in after.iter().enumerate() {
        pairs.extend(before.iter().map(|team| (shared(&team.seats, people), at, team.team)));
    }
    pairs.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    let (mut found, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, at, id) in pairs {
        if !found.contains_key(&at) && taken.insert(id) {
            found.insert(at, id);
        }
    }
    let matched = |(at, people): (usize, &Vec<Id>)| (found.get(&at).copied(), people.clone());
    after.iter().enumerate().map(matched).collect()
}

/// How many people are in another team than before.
pub fn people_moved(before: &[TeamSeats], after: &[TeamMatch]) -> i64 {
    let stayed = |team: &TeamMatch, person: Id| {
        let own = before.iter().find(|own| Some(own.team) == team.team);
        own.is_some_and(|own| own.has(person))
    };
    let moved = |team: &TeamMatch| team.seats.iter().filter(|seat| !stayed(team, seat.person)).count();
    after
        .iter()
        .map(|team| i64::try_from(moved(team)).unwrap_or(i64::MAX))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::model::MemberRole;

    fn team(team: Id, people: &[Id]) -> TeamSeats {
        let seat = |(person, role): (&Id, &str)| Seat {
            person: *person,
            role: Some(role.into()),
        };
        let seats = people.iter().zip(["qa", "devops", "ux_lead"]).map(seat).collect();
        TeamSeats { team, seats }
    }

    fn arrangement(teams: &[&[Id]], roles: &[(Id, Option<&str>)]) -> Arrangement {
        let role = |(person, role): &(Id, Option<&str>)| MemberRole {
            person_id: *person,
            role: role.map(Into::into),
        };
        Arrangement {
            week: 1,
            teams: teams.iter().map(|team| team.to_vec()).collect(),
            roles: Some(roles.iter().map(role).collect()),
            dry_run: false,
        }
    }

    #[test]
    fn teams_go_on_as_those_they_share_most_people_with() {
        let p: Vec<Id> = (0..9).map(|_| Id::new()).collect();
        let (a, b, c) = (Id::new(), Id::new(), Id::new());
        let before = [team(a, &p[..3]), team(b, &p[3..6]), team(c, &p[6..])];
        let roles: Vec<String> = ["qa", "devops", "ux_lead"].map(Into::into).into();
        let go_on_as = |teams: &[&[Id]]| -> Vec<Option<Id>> {
            let after = arrange(&before, &arrangement(teams, &[]), &roles);
            after.iter().map(|team| team.team).collect()
        };
        // The first shares one with a and two with b, the second two with a.
        let mixed = [&[p[0], p[3], p[4]][..], &[p[1], p[2], p[5]], &p[6..]];
        assert_eq!(go_on_as(&mixed), [Some(a), Some(b), Some(c)]);
        let after = arrange(&before, &arrangement(&mixed, &[]), &roles);
        assert_eq!(
            after[0].seats.iter().map(|seat| seat.person).collect::<Vec<_>>(),
            [p[1], p[2], p[5]]
        );
        assert_eq!(people_moved(&before, &after), 2);
        // A team with strangers alone takes what is left; a further one is new, a dissolved one goes.
        assert_eq!(
            go_on_as(&[&p[..5], &p[5..7], &p[7..], &[Id::new()]]),
            [Some(a), Some(b), Some(c), None]
        );
        assert_eq!(go_on_as(&[&p[3..]]), [Some(b)]);
    }

    #[test]
    fn roles_are_given_or_kept_or_fitted() {
        let p: Vec<Id> = (0..6).map(|_| Id::new()).collect();
        let before = [team(Id::new(), &p[..3]), team(Id::new(), &p[3..])];
        let roles: Vec<String> = ["qa", "devops", "ux_lead"].map(Into::into).into();
        let roles_of = |asked: &Arrangement| -> Vec<Vec<Option<String>>> {
            let team = |team: TeamMatch| team.seats.into_iter().map(|seat| seat.role).collect();
            arrange(&before, asked, &roles).into_iter().map(team).collect()
        };
        let some = |roles: &[&str]| -> Vec<Option<String>> { roles.iter().map(|role| Some((*role).into())).collect() };
        // The first of one team for the second of the other: each takes what the other leaves.
        let swapped: [&[Id]; 2] = [&[p[4], p[1], p[2]], &[p[3], p[0], p[5]]];
        let fitted = roles_of(&arrangement(&swapped, &[]));
        assert_eq!(
            fitted,
            [some(&["qa", "devops", "ux_lead"]), some(&["qa", "devops", "ux_lead"])]
        );
        let given = roles_of(&arrangement(&swapped, &[(p[4], Some("devops")), (p[1], None)]));
        assert_eq!(given[0], [Some("devops".into()), None, Some("ux_lead".into())]);
    }
}
