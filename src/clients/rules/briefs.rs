//! How a brief goes from a client to a team, who sees it when, and who may do the work.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};

use super::following::Following;
use crate::{
    clients::model::{
        Brief, BriefStanding,
        BriefStatus::{self, Done, Open, Staffed, Submitted, Withdrawn},
        ClientStatus, NewBriefStatus,
        Party::{self, Owner, Staff},
    },
    error::{Code, Error, Result},
    primitives::{Bound, Id, Instant, Text, check_amount},
};

/// How many briefs of a client go on.
pub const BRIEFS: Bound = Bound {
    most: 20,
    whose: "a client",
    what: "briefs that go on",
    remedy: "Withdraw one first.",
};

/// How often a brief is passed on.
pub const PASSES: Bound = Bound {
    most: 20,
    whose: "a brief",
    what: "campuses that have passed it on",
    remedy: "Look for people here, or withdraw it.",
};

/// The people of one brief.
const MOST_PEOPLE: i32 = 50;

/// The steps that may follow one, and who takes each. A team takes an `open` one to `staffed`.
fn following(status: BriefStatus) -> &'static [(BriefStatus, &'static [Party])] {
    match status {
        Submitted => &[(Open, &[Staff]), (Withdrawn, &[Staff, Owner])],
        Open => &[(Withdrawn, &[Staff, Owner])],
        Staffed => &[(Open, &[Staff]), (Done, &[Staff]), (Withdrawn, &[Staff, Owner])],
        Done | Withdrawn => &[],
    }
}

/// Whether it may become this as one of these parties; nothing is to be done if it is that.
///
/// # Errors
/// `409 invalid_transition` with the steps that they can take instead, `403` if others take it.
pub fn becomes(brief: &Brief, status: BriefStatus, parties: &[Party]) -> Result<bool> {
    if (brief.status, status) == (Open, Staffed) {
        let detail = "A brief is `staffed` once its team is set. Choose the team among those who would like it.";
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    let step = Following {
        what: "brief",
        status: brief.status,
        next: following(brief.status).to_vec(),
        word: BriefStatus::as_str,
    };
    Ok(step.takes(status, parties)?.is_some())
}

/// That what belongs to a step comes with it, and nothing else.
///
/// # Errors
/// `422` naming the field.
pub fn check_note(step: &NewBriefStatus) -> Result<Option<Text>> {
    match (step.status, &step.note) {
        (Done, None) => Err(Error::field("/note", "required", "must say what became of it")),
        (Done | Withdrawn, note) => Ok(note.clone()),
        (_, None) => Ok(None),
        (_, Some(_)) => Err(Error::field(
            "/note",
            "invalid",
            "is for `done` and `withdrawn`; leave it out",
        )),
    }
}

/// That a client has been read by the staff, and goes on.
///
/// # Errors
/// `409 conflict`
pub fn may_submit(status: ClientStatus) -> Result<()> {
    let detail = match status {
        ClientStatus::Applied => {
            "The campus has not read the application of the client yet. Submit briefs once it is `acknowledged`."
        }
        ClientStatus::Withdrawn => "The client is withdrawn, and has no more briefs.",
        _ => return Ok(()),
    };
    Err(Error::new(Code::Conflict, detail))
}

/// That what it says can be meant.
///
/// # Errors
/// `422` naming the field.
pub fn check_brief(brief: &Brief, today: NaiveDate) -> Result<()> {
    check_amount("/rate/amount", brief.rate.amount)?;
    if !(1..=MOST_PEOPLE).contains(&brief.people) {
        return Err(Error::field("/people", "invalid", "must be from 1 to 50"));
    }
    match brief.starts_on < today {
        true => Err(Error::field("/starts_on", "invalid", "must not be a day that is over")),
        false => Ok(()),
    }
}

/// That what it says may be changed: what a team was found for stays as it was agreed.
///
/// # Errors
/// `409 conflict`
pub fn may_be_changed(brief: &Brief) -> Result<()> {
    match brief.status {
        Submitted | Open => Ok(()),
        Staffed | Done | Withdrawn => Err(Error::new(
            Code::Conflict,
            format!(
                "The brief is `{}`, and what was agreed stays. Only a `submitted` or `open` one can be changed.",
                brief.status.as_str()
            ),
        )),
    }
}

/// That the campus may pass it on now.
///
/// # Errors
/// `409 conflict`
pub fn may_be_passed_on(brief: &Brief) -> Result<()> {
    let detail = match brief.status {
        Submitted | Open if brief.may_be_passed_on => return Ok(()),
        Submitted | Open => {
            "The client has not agreed to that. Ask its product owners to set `may_be_passed_on`, or set it once they have agreed."
                .to_owned()
        }
        status => format!(
            "The brief is `{}`. Only a `submitted` or `open` one can be passed on.",
            status.as_str()
        ),
    };
    Err(Error::new(Code::Conflict, detail))
}

/// Until when one that is opened now is for the team that built the product alone: if there is a team, so many days, once.
pub fn first_refusal(brief: &Brief, has_team: bool, days: i32, now: Instant) -> Option<Instant> {
    match brief.opened_at {
        Some(_) => brief.reserved_until,
        None => (has_team && days > 0).then(|| now.plus(TimeDelta::days(days.into()))),
    }
}

/// Whether only the team that built the product sees it.
pub fn is_reserved(brief: &Brief, now: Instant) -> bool {
    brief.status == Open && brief.reserved_until.is_some_and(|until| now < until)
}

/// Whether the days of first refusal are over, and graduates are still to be told.
pub fn opens_to_all(brief: &Brief, now: Instant) -> bool {
    let is_over = brief.reserved_until.is_some_and(|until| until <= now);
    brief.status == Open && is_over && brief.opened_to_all_at.is_none()
}

/// Whether none of the team that has the first refusal is left who may still want it.
pub fn is_free(team: &[Id], declined: &BTreeSet<Id>) -> bool {
    team.iter().all(|person| declined.contains(person))
}

/// Whether somebody may say that they would like it.
pub fn may_answer(brief: &Brief, standing: &BriefStanding, now: Instant) -> bool {
    brief.status == Open && (standing.has_built || standing.is_graduate && !is_reserved(brief, now))
}

/// Whether somebody sees it: its client and the staff always; those whom it is open to; who does the work; and who has answered, unless
/// it is not, or not yet, open to them.
pub fn sees(brief: &Brief, standing: &BriefStanding, now: Instant) -> bool {
    let has_answered = standing.answer.is_some() && brief.status != Submitted && !is_reserved(brief, now);
    !standing.parties.is_empty()
        || standing.has_passed_on
        || standing.is_member
        || has_answered
        || may_answer(brief, standing, now)
}

/// Whether somebody reads who does the work, what became of it and which campuses have had it, as those do whom it concerns.
pub fn reads_team(standing: &BriefStanding) -> bool {
    !standing.parties.is_empty() || standing.has_passed_on || standing.is_member
}

/// That somebody who sees it may answer now.
///
/// # Errors
/// `403` if it is not for them, `409 conflict` if it is not open.
pub fn must_be_answerable(brief: &Brief, standing: &BriefStanding, now: Instant) -> Result<()> {
    match may_answer(brief, standing, now) {
        true => Ok(()),
        false if standing.has_built || standing.is_graduate || standing.answer.is_some() => Err(Error::new(
            Code::Conflict,
            format!(
                "The brief is `{}`. Answers are taken while it is `open`.",
                brief.status.as_str()
            ),
        )),
        false => Err(Error::forbidden("graduates to whom the brief is open")),
    }
}

/// That somebody who takes an answer back is not in the team.
///
/// # Errors
/// `409 conflict`
pub fn must_not_be_chosen(standing: &BriefStanding) -> Result<()> {
    match standing.is_member {
        false => Ok(()),
        true => Err(Error::new(
            Code::Conflict,
            "You are in the team. Ask the staff of the campus to choose another one first.",
        )),
    }
}

/// That a team is one, for a brief that looks for people or has some.
///
/// # Errors
/// `409 invalid_transition` if it does not, `422` naming the field.
pub fn check_team(brief: &Brief, members: &[Id]) -> Result<BTreeSet<Id>> {
    if !matches!(brief.status, Open | Staffed) {
        let detail = format!(
            "The brief is `{}`. A team is chosen while it is `open` or `staffed`.",
            brief.status.as_str()
        );
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    let team: BTreeSet<Id> = members.iter().copied().collect();
    let wrong = |detail: String| Err(Error::field("/members", "invalid", detail));
    match i32::try_from(team.len()) {
        _ if team.len() < members.len() => wrong("must not name anybody twice".into()),
        Ok(0) => wrong("must name at least one person".into()),
        Ok(count) if count <= brief.people => Ok(team),
        _ => wrong(format!("must be at most {}, as many as are looked for", brief.people)),
    }
}

/// That all of a team have said that they would like it.
///
/// # Errors
/// `409 conflict` with those who have not.
pub fn must_be_interested(team: &BTreeSet<Id>, interested: &BTreeSet<Id>) -> Result<()> {
    let missing: Vec<Id> = team.difference(interested).copied().collect();
    match missing.is_empty() {
        true => Ok(()),
        false => {
            let detail = "Those whom `not_interested` names have not said that they would like it. Ask them first.";
            Err(Error::new(Code::Conflict, detail).with("not_interested", missing))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::clients::model::{Interest, NewBrief};

    const ALL: [BriefStatus; 5] = [Submitted, Open, Staffed, Done, Withdrawn];

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 4, day).unwrap()
    }

    fn brief(status: BriefStatus) -> Brief {
        let new: NewBrief = serde_json::from_value(json!({
            "title": "Planner", "text": "Swaps.", "rate": {"amount": 25_000, "currency": "GBP", "per": "day"},
            "starts_on": "2027-04-02", "people": 2,
        }))
        .unwrap();
        Brief {
            status,
            ..Brief::submitted(new, Id::new(), Id::new(), Instant::now())
        }
    }

    #[test]
    fn each_side_takes_its_own_steps_and_what_is_over_stays() {
        for from in ALL {
            for to in ALL {
                let (by_staff, by_owner) = match (from, to) {
                    _ if from == to => (Ok(false), Ok(false)),
                    (Submitted | Staffed, Open) | (Staffed, Done) => (Ok(true), Err(Code::Forbidden)),
                    (Submitted | Open | Staffed, Withdrawn) => (Ok(true), Ok(true)),
                    _ => (Err(Code::InvalidTransition), Err(Code::InvalidTransition)),
                };
                for (party, outcome) in [(Staff, by_staff), (Owner, by_owner)] {
                    let found = becomes(&brief(from), to, &[party]).map_err(|error| error.code());
                    assert_eq!(found, outcome, "{from:?} to {to:?} by {party:?}");
                }
                assert_eq!(
                    becomes(&brief(from), to, &[Owner, Staff]).map_err(|error| error.code()),
                    by_staff
                );
            }
        }
    }

    #[test]
    fn what_became_of_it_comes_with_the_end() {
        let note = Text::parse("They use it.").ok();
        for (status, note, outcome) in [
            (Done, note.clone(), Ok(note.clone())),
            (Done, None, Err(())),
            (Withdrawn, note.clone(), Ok(note.clone())),
            (Withdrawn, None, Ok(None)),
            (Open, None, Ok(None)),
            (Open, note, Err(())),
        ] {
            let found = check_note(&NewBriefStatus { status, note }).map_err(|_| ());
            assert_eq!(found, outcome, "{status:?}");
        }
    }

    #[test]
    fn a_brief_says_when_for_how_much_and_how_many() {
        let good = brief(Submitted);
        assert!(check_brief(&good, day(2)).is_ok());
        assert!(check_brief(&good, day(3)).is_err());
        for people in [0, 51] {
            assert!(check_brief(&Brief { people, ..good.clone() }, day(1)).is_err());
        }
        let mut unpaid = good;
        unpaid.rate.amount = 0;
        assert!(check_brief(&unpaid, day(1)).is_err());
    }

    #[test]
    fn it_is_changed_and_passed_on_until_there_is_a_team() {
        for (status, may) in ALL.into_iter().zip([true, true, false, false, false]) {
            let brief = Brief {
                may_be_passed_on: true,
                ..brief(status)
            };
            assert_eq!(may_be_changed(&brief).is_ok(), may, "{status:?}");
            assert_eq!(may_be_passed_on(&brief).is_ok(), may, "{status:?}");
            let kept = Brief {
                may_be_passed_on: false,
                ..brief
            };
            assert!(may_be_passed_on(&kept).is_err(), "{status:?}");
        }
    }

    #[test]
    fn the_team_has_the_first_refusal_once() {
        let now = Instant::now();
        let (days, later) = (TimeDelta::days(14), now.plus(TimeDelta::days(30)));
        let new = brief(Submitted);
        assert_eq!(first_refusal(&new, true, 14, now), Some(now.plus(days)));
        assert_eq!(first_refusal(&new, false, 14, now), None);
        assert_eq!(first_refusal(&new, true, 0, now), None);
        for reserved_until in [None, Some(now.plus(days))] {
            let again = Brief {
                opened_at: Some(now),
                reserved_until,
                ..new.clone()
            };
            assert_eq!(first_refusal(&again, true, 14, later), reserved_until);
        }
        for (status, reserved_until, opened_to_all_at, is_due) in [
            (Open, Some(now), None, true),
            (Open, Some(later), None, false),
            (Open, None, None, false),
            (Open, Some(now), Some(now), false),
            (Staffed, Some(now), None, false),
        ] {
            let brief = Brief {
                reserved_until,
                opened_to_all_at,
                ..brief(status)
            };
            assert_eq!(
                opens_to_all(&brief, now),
                is_due,
                "{status:?} {reserved_until:?} {opened_to_all_at:?}"
            );
        }
        let [one, other] = [Id::new(), Id::new()];
        for (declined, free) in [(vec![], false), (vec![one], false), (vec![one, other], true)] {
            assert_eq!(is_free(&[one, other], &declined.into_iter().collect()), free);
        }
    }

    #[test]
    fn who_sees_it_when() {
        let now = Instant::now();
        let answer = Some(Interest {
            brief_id: Id::new(),
            person_id: Id::new(),
            is_interested: true,
            note: None,
            updated_at: now,
        });
        let nobody = BriefStanding::default();
        let built = BriefStanding {
            has_built: true,
            ..nobody.clone()
        };
        let graduate = BriefStanding {
            is_graduate: true,
            ..nobody.clone()
        };
        let answered = BriefStanding {
            answer,
            ..graduate.clone()
        };
        let member = BriefStanding {
            is_member: true,
            ..nobody.clone()
        };
        let owner = BriefStanding {
            parties: vec![Owner],
            ..nobody.clone()
        };
        let before = BriefStanding {
            has_passed_on: true,
            ..nobody.clone()
        };
        // While it is submitted, open to the team alone, open to the moment of that, open to all, staffed, withdrawn.
        let states = [
            (Submitted, None),
            (Open, Some(now.plus(TimeDelta::seconds(1)))),
            (Open, Some(now)),
            (Open, None),
            (Staffed, None),
            (Withdrawn, None),
        ];
        for (who, standing, seen) in [
            ("nobody", nobody, [false; 6]),
            ("builder", built, [false, true, true, true, false, false]),
            ("graduate", graduate, [false, false, true, true, false, false]),
            ("answered", answered, [false, false, true, true, true, true]),
            ("member", member, [true; 6]),
            ("owner", owner, [true; 6]),
            ("before", before, [true; 6]),
        ] {
            for ((status, reserved_until), expected) in states.into_iter().zip(seen) {
                let brief = Brief {
                    reserved_until,
                    ..brief(status)
                };
                assert_eq!(
                    sees(&brief, &standing, now),
                    expected,
                    "{who} {status:?} {reserved_until:?}"
                );
                let answers = expected && status == Open && ["builder", "graduate", "answered"].contains(&who);
                assert_eq!(
                    must_be_answerable(&brief, &standing, now).is_ok(),
                    answers,
                    "{who} {status:?}"
                );
            }
        }
    }

    #[test]
    fn a_team_is_some_of_those_who_would_like_it() {
        let [one, two, three] = [Id::new(), Id::new(), Id::new()];
        for (status, members, outcome) in [
            (Open, vec![one], Ok(1)),
            (Staffed, vec![one, two], Ok(2)),
            (Open, vec![], Err(Code::InvalidFields)),
            (Open, vec![one, one], Err(Code::InvalidFields)),
            (Open, vec![one, two, three], Err(Code::InvalidFields)),
            (Submitted, vec![one], Err(Code::InvalidTransition)),
            (Done, vec![one], Err(Code::InvalidTransition)),
        ] {
            let found = check_team(&brief(status), &members);
            assert_eq!(
                found.map(|team| team.len()).map_err(|error| error.code()),
                outcome,
                "{status:?}"
            );
        }
        let (team, interested) = (BTreeSet::from([one, two]), BTreeSet::from([two, three]));
        assert!(must_be_interested(&team, &interested).is_err());
        assert!(must_be_interested(&BTreeSet::from([two]), &interested).is_ok());
    }
}
