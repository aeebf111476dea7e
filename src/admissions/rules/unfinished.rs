//! What the staff have still to do though the day for it is over.

use chrono::NaiveDate;

use crate::admissions::model::{Application, ApplicationStatus, Intake, Overdue, Trial, Unfinished};

/// Whether a day is over by which the staff have to have done something.
pub fn is_any_day_over(intake: &Intake, today: NaiveDate) -> bool {
    [intake.decide_by, intake.trial_to]
        .into_iter()
        .flatten()
        .any(|day| day < today)
}

/// What is left to do of these applications.
pub fn unfinished(intake: &Intake, applications: &[Application], today: NaiveDate) -> Unfinished {
    let overdue = |day: Option<NaiveDate>, is_left: &dyn Fn(&Application) -> bool| {
        let waiting = applications
            .iter()
            .filter(|one| one.status == ApplicationStatus::Submitted);
        let count = waiting.filter(|one| is_left(one)).count();
        let day = day.filter(|day| *day < today && count > 0)?;
        Some(Overdue { day, count })
    };
    Unfinished {
        undecided: overdue(intake.decide_by, &|_| true),
        unnoted: overdue(intake.trial_to, &|one| one.trial == Some(Trial::Invited)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admissions::rules::{intakes::tests::local, ranking::tests::application};

    #[test]
    fn what_is_left_is_told_from_the_day_after_it_was_to_be_done() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut intake = local().intake;
        intake.trial_to = Some(day("2027-03-12"));
        intake.decide_by = Some(day("2027-03-19"));
        let of = |trial, status| Application {
            trial,
            status,
            ..application(0, serde_json::json!({}))
        };
        let submitted = ApplicationStatus::Submitted;
        let all = [
            of(None, submitted),
            of(Some(Trial::Invited), submitted),
            of(Some(Trial::Attended), submitted),
            of(Some(Trial::Invited), ApplicationStatus::Withdrawn),
        ];
        for (today, unnoted, undecided) in [
            ("2027-03-12", None, None),
            ("2027-03-13", Some(1), None),
            ("2027-03-19", Some(1), None),
            ("2027-03-20", Some(1), Some(3)),
        ] {
            let found = unfinished(&intake, &all, day(today));
            let count = |overdue: Option<Overdue>| overdue.map(|overdue| overdue.count);
            assert_eq!(
                (count(found.unnoted), count(found.undecided)),
                (unnoted, undecided),
                "{today}"
            );
            assert_eq!(
                is_any_day_over(&intake, day(today)),
                found != Unfinished::default(),
                "{today}"
            );
        }
        assert_eq!(unfinished(&intake, &[], day("2027-04-01")), Unfinished::default());
    }
}
