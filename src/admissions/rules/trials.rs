//! The trial week: who is invited to it, who took part, and who is chosen after it.

use crate::{
    admissions::{
        model::{Application, ApplicationStatus, Intake, LocalIntake, NewAdmissionRound, Trial},
        rules::ranking::Ranked,
    },
    error::{Code, Error, FieldError, Result},
    primitives::Instant,
};

/// That an applicant can become this in the trial week now. Whether there is anything to do.
///
/// # Errors
/// `409 conflict` where there is no trial week, `409 invalid_transition`
pub fn can_become(application: &Application, local: &LocalIntake, trial: Trial, now: Instant) -> Result<bool> {
    let (Some(from), Some(to)) = (local.intake.trial_from, local.intake.trial_to) else {
        return Err(no_trial());
    };
    if application.trial == Some(trial) {
        return Ok(false);
    }
    let today = now.date_in(local.zone);
    let why = match (application.status, trial) {
        (ApplicationStatus::Submitted, Trial::Invited) if application.trial.is_some() => {
            "The applicant was invited, and it is noted whether they came.".to_owned()
        }
        (ApplicationStatus::Submitted, Trial::Invited) if today > to => format!("The trial week was over on {to}."),
        (ApplicationStatus::Submitted, Trial::Attended | Trial::Missed) if application.trial.is_none() => {
            "The applicant was not invited to the trial week. Invite them first.".to_owned()
        }
        (ApplicationStatus::Submitted, Trial::Attended | Trial::Missed) if today < from => {
            format!("The trial week begins on {from}. Note then who came.")
        }
        (ApplicationStatus::Submitted, _) => return Ok(true),
        (status, _) => format!(
            "The application is {}, so it has no part in the trial week.",
            status.as_str()
        ),
    };
    Err(Error::new(Code::InvalidTransition, why))
}

/// How many a round decides about in one way at most.
const MOST_IN_ROUND: u16 = 500;

fn no_trial() -> Error {
    let detail = "The intake has no trial week. Give it `trial_from` and `trial_to` first.";
    Error::new(Code::Conflict, detail)
}

/// That a round fits the intake at this moment.
///
/// # Errors
/// `422` for what does not go together, `409 conflict` where there is no trial week, `409 invalid_transition` after it
pub fn check_round(round: &NewAdmissionRound, local: &LocalIntake, now: Instant) -> Result<()> {
    let bounded = |count: u16, pointer: &str| {
        let is_wrong = count > MOST_IN_ROUND;
        is_wrong.then(|| FieldError::at(pointer, "invalid", format!("must be at most {MOST_IN_ROUND}")))
    };
    let offers = round.offers.and_then(|offers| bounded(offers, "/offers"));
    Error::check_fields(offers.into_iter().chain(bounded(round.waitlist, "/waitlist")).collect())?;
    if round.reject_others && !round.dry_run && now < local.closes_at() {
        let detail = format!(
            "Applications are open until {}, so there may be others to come. Reject when they are closed, or leave \
             out `reject_others`.",
            local.closes_at()
        );
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    let Some(invited) = round.trial else {
        return match local.intake.trial_from {
            Some(from) if now.date_in(local.zone) < from => Err(Error::new(
                Code::InvalidTransition,
                format!(
                    "The trial week begins on {from}. Invite the best to it first, with `trial`, or decide individually."
                ),
            )),
            _ => Ok(()),
        };
    };
    let apart = "must not be given with `trial`: places are offered after the trial week";
    let mut wrong = Vec::new();
    if !(1..=MOST_IN_ROUND).contains(&invited) {
        let detail = format!("must be 1 to {MOST_IN_ROUND}");
        wrong.push(FieldError::at("/trial", "invalid", detail));
    }
    if round.offers.is_some() {
        wrong.push(FieldError::at("/offers", "invalid", apart));
    }
    if round.waitlist > 0 {
        wrong.push(FieldError::at("/waitlist", "invalid", apart));
    }
    Error::check_fields(wrong)?;
    match local.intake.trial_to {
        None => Err(no_trial()),
        Some(to) if now.date_in(local.zone) > to => Err(Error::new(
            Code::InvalidTransition,
            format!("The trial week was over on {to}."),
        )),
        Some(_) => Ok(()),
    }
}

/// That a round after the trial week decides about somebody: of those who were invited it has to be noted first whether they came.
///
/// # Errors
/// `409 invalid_transition`
pub fn must_be_noted(
    all: impl Iterator<Item = Option<Trial>>,
    intake: &Intake,
    round: &NewAdmissionRound,
) -> Result<()> {
    if round.trial.is_some() || intake.trial_from.is_none() {
        return Ok(());
    }
    let (mut unnoted, mut attended) = (0, 0);
    for trial in all {
        unnoted += usize::from(trial == Some(Trial::Invited));
        attended += usize::from(trial == Some(Trial::Attended));
    }
    match (unnoted, attended) {
        (1.., 0) => {
            let detail =
                "Nobody is noted as having come to the trial week. Note first who came, and then offer places.";
            Err(Error::new(Code::InvalidTransition, detail).with("unnoted", unnoted))
        }
        _ => Ok(()),
    }
}

/// What an application is to a round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// It may be among the best.
    Candidate,
    /// It is one of the others.
    Other,
    /// Nothing is decided about it yet.
    None,
}

/// Invited to the trial week is who was not yet; where there is one, places are for those who took part in it, and nothing is decided
/// about anybody of whom it is not noted yet. Whoever lacks evidence that is required is chosen if the round says so, or if the staff
/// had them come.
pub fn part(ranked: &Ranked, intake: &Intake, round: &NewAdmissionRound) -> Part {
    let has_trial = intake.trial_from.is_some();
    let by_evidence = match ranked.meets || round.include_unmet {
        true => Part::Candidate,
        false => Part::Other,
    };
    match (round.trial.is_some(), ranked.application.trial) {
        (true, None) => by_evidence,
        (true, Some(_)) => Part::None,
        (false, _) if !has_trial => by_evidence,
        (false, Some(Trial::Attended)) => Part::Candidate,
        (false, Some(Trial::Invited)) => Part::None,
        (false, Some(Trial::Missed) | None) => Part::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admissions::rules::{intakes::tests::local, ranking::tests::application};

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn with_trial() -> LocalIntake {
        let mut local = local();
        local.intake.trial_from = "2027-04-26".parse().ok();
        local.intake.trial_to = "2027-04-29".parse().ok();
        local
    }

    #[test]
    fn who_is_invited_before_it_and_who_came_is_noted_from_its_first_day() {
        let local = with_trial();
        // By the clocks of Gaza, three hours ahead.
        let (before, on, after) = (
            at("2027-04-25T20:59:59Z"),
            at("2027-04-25T21:00:00Z"),
            at("2027-04-29T21:00:00Z"),
        );
        let of = |status, trial| Application {
            status,
            trial,
            ..application(0, serde_json::json!({}))
        };
        let (submitted, invited) = (ApplicationStatus::Submitted, Some(Trial::Invited));
        for (status, now, is, becomes, expected) in [
            (submitted, before, None, Trial::Invited, Some(true)),
            (submitted, before, invited, Trial::Invited, Some(false)),
            (submitted, on, None, Trial::Invited, Some(true)),
            (submitted, after, None, Trial::Invited, None),
            (submitted, before, invited, Trial::Attended, None),
            (submitted, on, invited, Trial::Attended, Some(true)),
            (submitted, after, invited, Trial::Missed, Some(true)),
            (submitted, after, Some(Trial::Missed), Trial::Attended, Some(true)),
            (submitted, on, None, Trial::Attended, None),
            (submitted, on, Some(Trial::Attended), Trial::Invited, None),
            (ApplicationStatus::Offered, before, None, Trial::Invited, None),
            (ApplicationStatus::Withdrawn, on, invited, Trial::Attended, None),
        ] {
            let can = can_become(&of(status, is), &local, becomes, now).ok();
            assert_eq!(can, expected, "{status:?} {is:?} → {becomes:?} at {now}");
        }
        let none = can_become(&of(submitted, None), &self::local(), Trial::Invited, before);
        assert_eq!(none.err().map(|error| error.code()), Some(Code::Conflict));
    }

    #[test]
    fn a_round_chooses_for_the_trial_first_and_then_of_those_who_took_part() {
        let each = [None, Some(Trial::Invited), Some(Trial::Attended), Some(Trial::Missed)];
        let parts = |local: &LocalIntake, trial, meets, include_unmet| {
            let round = NewAdmissionRound {
                offers: None,
                waitlist: 0,
                trial,
                include_unmet,
                reject_others: true,
                dry_run: false,
            };
            each.map(|is| {
                let application = Application {
                    trial: is,
                    ..application(0, serde_json::json!({}))
                };
                let ranked = Ranked {
                    application,
                    meets,
                    worth: 0.0,
                };
                part(&ranked, &local.intake, &round)
            })
        };
        use Part::{Candidate, Other};
        for (meets, include_unmet) in [(true, false), (true, true), (false, true)] {
            let parts = |local: &LocalIntake, trial| parts(local, trial, meets, include_unmet);
            assert_eq!(
                parts(&with_trial(), Some(5)),
                [Candidate, Part::None, Part::None, Part::None]
            );
            assert_eq!(parts(&with_trial(), None), [Other, Part::None, Candidate, Other]);
            assert_eq!(parts(&local(), None), [Candidate; 4]);
        }
        // Whoever lacks what is required is left out, unless they came.
        let parts = |local: &LocalIntake, trial| parts(local, trial, false, false);
        assert_eq!(parts(&with_trial(), Some(5))[0], Other);
        assert_eq!(parts(&with_trial(), None), [Other, Part::None, Candidate, Other]);
        assert_eq!(parts(&local(), None), [Other; 4]);
    }
}
