//! What a programme must be.

use super::model::{RoleName, WeekOutline, too_many_outcomes};
use crate::{error::FieldError, primitives::Bound};

/// As many weeks as a programme, or a cohort, has at most.
pub const MOST_WEEKS: usize = 52;
const MOST_ROLES: usize = 10;

/// Those of a hundred years and more.
pub const OF_A_CAMPUS: Bound = Bound {
    most: 200,
    whose: "a campus",
    what: "programmes",
    remedy: "Change one that is not used any more instead.",
};

/// What is wrong with the weeks of a programme.
pub fn faults_of_weeks(weeks: &[WeekOutline]) -> Vec<FieldError> {
    if weeks.is_empty() || weeks.len() > MOST_WEEKS {
        let why = format!("must have 1 to {MOST_WEEKS} weeks");
        return vec![FieldError::at("/weeks", "invalid", why)];
    }
    let misnumbered = weeks.iter().zip(1..).filter(|(week, number)| week.number != *number);
    let misnumbered = misnumbered.map(|(_, number)| {
        let why = format!("must be {number}: weeks are numbered from 1 in their order");
        FieldError::at(format!("/weeks/{}/number", number - 1), "invalid", why)
    });
    let overfull = weeks.iter().enumerate().filter_map(|(at, week)| {
        let project = week.project.as_ref()?;
        too_many_outcomes(format!("/weeks/{at}/project/outcomes"), &project.outcomes)
    });
    misnumbered.chain(overfull).collect()
}

/// What is wrong with the roles of a programme.
pub fn faults_of_roles(roles: &[RoleName]) -> Vec<FieldError> {
    if roles.len() > MOST_ROLES {
        let why = format!("must have at most {MOST_ROLES} roles");
        return vec![FieldError::at("/roles", "invalid", why)];
    }
    let twice = roles
        .iter()
        .enumerate()
        .filter(|(at, role)| roles.iter().take(*at).any(|earlier| earlier == *role));
    twice
        .map(|(at, role)| {
            FieldError::at(
                format!("/roles/{at}"),
                "taken",
                format!("`{}` is there twice", role.as_str()),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cohorts::model::Phase, primitives::Line};

    fn week(number: i32) -> WeekOutline {
        WeekOutline {
            number,
            phase: Phase::Core,
            topic: Line::parse("Testing").unwrap(),
            project: None,
        }
    }

    #[test]
    fn weeks_are_numbered_in_order_without_gaps() {
        let faults = |numbers: &[i32]| -> Vec<String> {
            let weeks: Vec<WeekOutline> = numbers.iter().map(|number| week(*number)).collect();
            faults_of_weeks(&weeks).into_iter().map(|fault| fault.pointer).collect()
        };
        assert!(faults(&[1, 2, 3]).is_empty());
        assert_eq!(faults(&[]), ["/weeks"]);
        assert_eq!(faults(&[1, 3]), ["/weeks/1/number"]);
        assert_eq!(faults(&[0, 2]), ["/weeks/0/number"]);
        assert_eq!(faults(&[2, 1]), ["/weeks/0/number", "/weeks/1/number"]);
        assert!(faults(&(1..=52).collect::<Vec<_>>()).is_empty());
        assert_eq!(faults(&(1..=53).collect::<Vec<_>>()), ["/weeks"]);
    }

    #[test]
    fn roles_are_different_words() {
        let role = |word: &str| RoleName::parse(word).unwrap();
        assert!(faults_of_roles(&[]).is_empty());
        let twice = faults_of_roles(&[role("qa"), role("devops"), role("qa")]);
        assert_eq!(twice.first().map(|fault| fault.pointer.as_str()), Some("/roles/2"));
        let many: Vec<RoleName> = (0..11).map(|n| role(&format!("role_{n}"))).collect();
        assert_eq!(faults_of_roles(&many).len(), 1);
        for wrong in ["", "QA", "ux-lead", "_qa", "qa_", "a__b", "1st"] {
            assert!(RoleName::parse(wrong).is_err(), "{wrong}");
        }
    }
}
