//! What the former answers, read back in our own words.

use std::collections::{BTreeMap, BTreeSet};

use forming::RoleFlaw;

use super::number;
use crate::{
    primitives::Id,
    team_plans::model::{
        Balance, Change, Contradiction, Demand, Outside, PeopleMet, PersonTurns, RepeatedPair, Report, RoleNote, Roles,
        Spacing, TurnShares, WayOut,
    },
    teams::model::{Seat, Seated, Span},
};

pub(super) fn seated(week: &forming::TeamsOfWeek) -> Seated {
    let seat = |id: &String, roles: Option<&BTreeMap<String, String>>| {
        let person = Id::parse(id).ok()?;
        let role = roles.and_then(|roles| roles.get(id)).cloned();
        Some(Seat { person, role })
    };
    let team = |(at, team): (usize, &Vec<String>)| team.iter().filter_map(|id| seat(id, week.roles.get(at))).collect();
    Seated {
        span: Span {
            first: number(week.week),
            last: number(week.last_week.unwrap_or(week.week)),
        },
        teams: week.teams.iter().enumerate().map(team).collect(),
    }
}

pub(super) fn report(report: forming::Report) -> Report {
    let ids = |name: &str| Id::parse(name).unwrap_or_default();
    let effort = report.effort.unwrap_or_default();
    let pair = |pair: forming::RepeatedPair| RepeatedPair {
        people: pair.pair.map(|id| ids(&id)),
        weeks: pair.weeks,
    };
    let met = |met: forming::PeopleMet| PeopleMet {
        person: ids(&met.person),
        met: met.met,
    };
    let outside = |band: forming::BandBreach| Outside {
        week: band.week,
        team: band.team + 1,
        rule: band.rule,
        why: band.why,
    };
    let times = |(times, pairs): (u16, usize)| (times.to_string(), pairs);
    Report {
        with_later: None,
        repeats: report.repeats,
        too_soon: report.too_soon,
        missed: report.missed,
        spacing: spacing(report.spacing),
        bound: report.bound,
        gap: report.gap,
        proved_optimal: report.proved_optimal,
        meetings: report.meetings,
        fresh_meetings: report.fresh_meetings,
        pairs_never: report.pairs_never,
        pairs_by_meetings: report.histogram.into_iter().map(times).collect(),
        repeated: report.repeated.into_iter().map(pair).collect(),
        fewest_met: report.fewest_met.into_iter().map(met).collect(),
        balance: Balance {
            experience: report.balance.experience,
            alone: report.balance.alone,
            majority: report.balance.majority,
            unguided: report.balance.unguided,
            unavoidable: report.balance.unavoidable,
            outside: report.balance.breaches.into_iter().map(outside).collect(),
        },
        roles: report.roles.map(|roles| Roles {
            spread: roles.spread,
            twice_running: roles.twice_running,
            uncovered: roles.uncovered,
            notes: roles.notes.iter().map(role_note).collect(),
        }),
        effort: effort.effort,
        moves: effort.moves,
        stopped_early: effort.stopped_early,
    }
}

fn spacing(spacing: forming::SpacingReport) -> Spacing {
    let person = |(id, turns): (String, forming::Turns)| PersonTurns {
        person: Id::parse(&id).unwrap_or_default(),
        times: turns.times,
        share: turns.share,
    };
    let turns = |turns: forming::TurnReport| TurnShares {
        spread: turns.spread,
        least_spread: turns.least_spread,
        people: turns.people.into_iter().map(person).collect(),
    };
    Spacing {
        soon: spacing.soon,
        least_soon: spacing.least_soon,
        same_teams: spacing.same_teams,
        note: spacing.note,
        turns: spacing.turns.map(turns),
    }
}

fn role_note(note: &forming::RoleNote) -> RoleNote {
    let count = note.count;
    let times = if count == 1 {
        "once".to_owned()
    } else {
        format!("{count} times")
    };
    RoleNote {
        person: note.person.as_deref().and_then(|name| Id::parse(name).ok()),
        why: match note.flaw {
            RoleFlaw::UnevenPast => {
                format!("roles differ by {count}: the rounds planned are too few to make up for the roles had before")
            }
            RoleFlaw::Uneven => format!(
                "roles differ by {count}: with as few repeats and broken bands, no teams were found in which everybody \
                 can have a role they lack"
            ),
            RoleFlaw::TwiceRunning => format!(
                "somebody has a role twice running ({times}): with as few repeats and broken bands, no other rotation \
                 was found"
            ),
        },
    }
}

/// The demand behind a constraint of the former's.
pub(super) fn demand(constraint: &str) -> Option<Demand> {
    let (kind, rest) = constraint.split_once(':')?;
    let name = rest.split(':').next()?;
    match kind {
        "rule" => Id::parse(name).ok().map(Demand::Rule),
        "kept" => name.parse().ok().map(Demand::Kept),
        _ => name.parse().ok().map(Demand::Lock),
    }
}

/// Several links of one lock are one demand to whoever made it.
pub(super) fn demands(constraints: &[String]) -> Vec<Demand> {
    let found: BTreeSet<Demand> = constraints.iter().filter_map(|id| demand(id)).collect();
    found.into_iter().collect()
}

pub(super) fn contradiction(conflict: &forming::Conflict) -> Contradiction {
    let way_out = |relaxation: &forming::Relaxation| WayOut {
        drop: demands(&relaxation.drop),
        weeks: relaxation.weeks.iter().copied().map(number).collect(),
        sizes: relaxation.sizes.clone(),
    };
    let mut ways_out: Vec<WayOut> = Vec::new();
    for way in conflict.relaxations.iter().map(way_out) {
        // To give up more than another way does helps nobody.
        let gives_up_all = |other: &WayOut| other.drop.iter().all(|demand| way.drop.contains(demand));
        let same_kind = |other: &&WayOut| other.sizes == way.sizes;
        if !ways_out.iter().filter(same_kind).any(gives_up_all) {
            ways_out.push(way);
        }
    }
    Contradiction {
        week: number(conflict.week),
        demands: demands(&conflict.conflict),
        ways_out,
    }
}

pub(super) fn change(difference: forming::Difference) -> Change {
    Change {
        violations: difference.violations,
        repeats: difference.repeats,
        balance: difference.bands,
        roles: difference.roles,
        role_spread: difference.role_spread,
        people_moved: difference.people_moved,
    }
}
