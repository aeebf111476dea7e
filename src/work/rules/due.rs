//! When work is due.

use crate::{
    cohorts::model::Project,
    primitives::{Instant, LocalTime, time::TimeZone},
    work::model::Extension,
};

/// When a team's work of a week is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Due {
    /// By the clocks of the campus.
    pub local: LocalTime,
    pub zone: TimeZone,
    /// Whether it is so for this team alone.
    pub is_extended: bool,
}

impl Due {
    /// The team's own due time, or else the project's, if there is one.
    pub fn of(project: Option<&Project>, extension: Option<&Extension>, zone: TimeZone) -> Option<Self> {
        let local = match extension {
            Some(extension) => extension.due_local,
            None => project?.due(zone)?,
        };
        Some(Self {
            local,
            zone,
            is_extended: extension.is_some(),
        })
    }

    /// The instant, by what the clocks of the campus do as far as is known now.
    pub fn instant(self) -> Instant {
        self.local.in_zone(self.zone)
    }

    /// Whether what came in then was late. It follows from when it came in and when it is due now, so that an extension
    /// holds for what is there, and ending it brings back what was.
    pub fn is_missed_by(self, submitted_at: Instant) -> bool {
        submitted_at > self.instant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::{Id, Line, Text};

    fn project(due: Option<&str>) -> Project {
        let now = Instant::now();
        Project {
            id: Id::new(),
            cohort_id: Id::new(),
            title: Line::parse("A map").unwrap(),
            brief: Text::parse("").unwrap(),
            outcomes: "[]".into(),
            repository_name: None,
            due_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
            due_local: due.map(|due| LocalTime::parse(due).unwrap()),
            is_open: false,
            question: None,
        }
    }

    fn extension(due: &str) -> Extension {
        Extension {
            team_id: Id::new(),
            week_number: 1,
            cohort_id: Id::new(),
            due_local: LocalTime::parse(due).unwrap(),
            reason: None,
            granted_by: None,
            created_at: Instant::now(),
        }
    }

    #[test]
    fn a_team_s_own_due_time_goes_before_the_project_s() {
        let zone = TimeZone::parse("Europe/London").unwrap();
        let (due, none) = (project(Some("2026-03-06T17:00")), project(None));
        let longer = extension("2026-03-09T12:00");
        let of =
            |project, extension| Due::of(project, extension, zone).map(|due| (due.local.to_string(), due.is_extended));
        assert_eq!(of(None, None), None);
        assert_eq!(of(Some(&none), None), None);
        assert_eq!(of(Some(&due), None), Some(("2026-03-06T17:00:00".into(), false)));
        assert_eq!(
            of(Some(&due), Some(&longer)),
            Some(("2026-03-09T12:00:00".into(), true))
        );
        assert_eq!(of(None, Some(&longer)), Some(("2026-03-09T12:00:00".into(), true)));
    }

    #[test]
    fn what_comes_at_the_due_time_is_in_time_whatever_the_clocks_do() {
        // London's clocks go forward at 01:00 on 29 March 2026 and back at 02:00 on 25 October.
        for (local, last, late) in [
            (
                "2026-03-06T17:00",
                "2026-03-06T17:00:00Z",
                "2026-03-06T17:00:00.000001Z",
            ),
            ("2026-03-29T17:00", "2026-03-29T16:00:00Z", "2026-03-29T16:00:01Z"),
            ("2026-03-29T01:30", "2026-03-29T01:30:00Z", "2026-03-29T01:30:01Z"),
            ("2026-10-25T01:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
            ("2026-10-25T17:00", "2026-10-25T17:00:00Z", "2026-10-25T17:00:01Z"),
        ] {
            let zone = TimeZone::parse("Europe/London").unwrap();
            let due = Due::of(Some(&project(Some(local))), None, zone).unwrap();
            let at = |text: &str| Instant::parse(text).unwrap();
            assert!(!due.is_missed_by(at(last)) && due.is_missed_by(at(late)), "{local}");
        }
    }
}
