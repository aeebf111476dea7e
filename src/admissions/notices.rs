//! What applicants and the staff are told in the app.

use std::collections::BTreeSet;

use super::{
    events::{ApplicationChange, ApplicationEvent, InterviewChange, InterviewEvent, PanelChange, PanelEvent},
    letters,
    model::TrialNews,
    proofs, store,
};
use crate::{
    campuses, cohorts,
    db::Conn,
    error::{Error, Result},
    mail::{Text, Value},
    notifications::{Notice, model::NoticeKind},
    outbox::StoredEvent,
    primitives::Id,
    students::{self, model::EnrolmentStatus},
};

/// What became of an application: to the applicant what others decided, to the staff what the applicant did.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn application_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if event.is_bare() {
        return Ok(None);
    }
    let told: ApplicationEvent = event.read()?;
    let (cohort, campus) = (
        cohorts::store::cohort(conn, told.cohort_id)?,
        campuses::store::campus(conn, told.campus_id)?,
    );
    let to_staff = match told.kind {
        ApplicationChange::Withdrawn => Some(Text::NoticeApplicationWithdrawn),
        ApplicationChange::Accepted => Some(Text::NoticeApplicationAccepted),
        ApplicationChange::Declined => Some(Text::NoticeApplicationDeclined),
        // There are as many as there are applicants; the list of them shows each.
        ApplicationChange::Submitted => return Ok(None),
        // Whoever books knows it; the mail has the time.
        ApplicationChange::InterviewBooked => return Ok(None),
        ApplicationChange::Waitlisted
        | ApplicationChange::Offered
        | ApplicationChange::Expired
        | ApplicationChange::TrialInvited
        | ApplicationChange::Rejected
        | ApplicationChange::Deferred
        | ApplicationChange::InterviewCancelled => None,
    };
    let values = vec![
        ("cohort", Value::name(&cohort.name)),
        ("campus", Value::name(&campus.name)),
    ];
    let unsaid = |name| (name, Value::Said(String::new()));
    Ok(Some(match to_staff {
        Some(text) => Notice {
            kind: NoticeKind::Requests,
            people: staff_to_tell(conn, &told)?,
            text,
            values,
            has_letter: false,
            cannot_wait: false,
            href: None,
        },
        None => Notice {
            kind: NoticeKind::Membership,
            people: vec![told.person_id],
            text: letters::text(told.kind),
            values: [
                values,
                vec![
                    ("starts", Value::Date(cohort.starts_on)),
                    ("later", letters::later(conn, &told)?),
                    // Only the mail has these.
                    unsaid("by"),
                    unsaid("when"),
                ],
            ]
            .concat(),
            has_letter: true,
            cannot_wait: false,
            href: None,
        },
    }))
}

/// The staff who have to do with an application; nobody if it is gone.
fn staff_to_tell(conn: &mut Conn, told: &ApplicationEvent) -> Result<Vec<Id>> {
    let Some(application) = store::application(conn, told.application_id)? else {
        return Ok(Vec::new());
    };
    let kept_from = proofs::kept_from(conn, &application)?;
    let mut staff = campuses::store::staff_ids(conn, told.campus_id)?;
    staff.retain(|person| !kept_from.contains(person));
    Ok(staff)
}

/// That offers ran out, to the staff.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn offer_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let cohort = cohorts::store::cohort(conn, event.cohort_id.ok_or_else(Error::not_found)?)?;
    Ok(Some(Notice {
        kind: NoticeKind::Requests,
        people: campuses::store::staff_ids(conn, cohort.campus_id)?,
        text: Text::NoticeOffersExpired,
        values: vec![("cohort", Value::name(&cohort.name))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

/// That an interview is booked or does not take place, to whoever interviews.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn interview_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let told: InterviewEvent = event.read()?;
    let cohort = cohorts::store::cohort(conn, told.cohort_id)?;
    let zone = cohorts::store::time_zone(conn, cohort.id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people: vec![told.person_id],
        text: match told.kind {
            InterviewChange::Booked => Text::NoticeInterviewBooked,
            InterviewChange::GivenUp => Text::NoticeInterviewGivenUp,
        },
        values: vec![
            ("cohort", Value::name(&cohort.name)),
            ("when", Value::Moment(told.starts_at, zone)),
        ],
        has_letter: false,
        cannot_wait: true,
        href: None,
    }))
}

/// That somebody is on a panel, to them.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn panel_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let told: PanelEvent = event.read()?;
    if told.kind != PanelChange::Joined {
        return Ok(None);
    }
    let cohort = cohorts::store::cohort(conn, told.cohort_id)?;
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people: vec![told.person_id],
        text: Text::ApplicationPanelJoined,
        values: vec![
            ("cohort", Value::name(&cohort.name)),
            (
                "campus",
                Value::name(&campuses::store::campus(conn, told.campus_id)?.name),
            ),
        ],
        has_letter: true,
        cannot_wait: false,
        href: None,
    }))
}

/// That applications are open, to those who are interested; that interviews can be booked, to those who apply; that the trial week has
/// changed, to those who would come and those who have a place in the cohort or are offered one.
///
/// # Errors
/// `404` if the cohort is gone.
pub fn intake_notices(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    if !event.is_bare() {
        return trial_notice(conn, event);
    }
    let cohort = cohorts::store::cohort(conn, event.cohort_id.ok_or_else(Error::not_found)?)?;
    let (people, text) = match event.kind.as_str() {
        "intake.opened" => (store::interested(conn, cohort.id)?, Text::NoticeIntakeOpened),
        "intake.interviews_offered" => (
            store::without_interview(conn, cohort.id)?,
            Text::NoticeInterviewsOffered,
        ),
        _ => return Ok(None),
    };
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people,
        text,
        values: vec![("cohort", Value::name(&cohort.name))],
        has_letter: false,
        cannot_wait: false,
        href: None,
    }))
}

fn trial_notice(conn: &mut Conn, event: &StoredEvent) -> Result<Option<Notice>> {
    let news: TrialNews = event.details()?;
    let cohort = cohorts::store::cohort(conn, event.cohort_id.ok_or_else(Error::not_found)?)?;
    let today = event.created_at.date_in(cohorts::store::time_zone(conn, cohort.id)?);
    let last = news.is.map_or(news.was_until, |(_, to)| to.max(news.was_until));
    if last < today {
        return Ok(None);
    }
    let roster = students::store::roster(conn, cohort.id)?;
    let enrolled = roster
        .iter()
        .filter(|(enrolment, _)| enrolment.status == EnrolmentStatus::Enrolled);
    let mut people: BTreeSet<Id> = enrolled.map(|(_, card)| card.id).collect();
    people.extend(store::trial_guests(conn, cohort.id)?);
    let mut values = vec![("cohort", Value::name(&cohort.name))];
    let text = match news.is {
        Some((from, to)) => {
            values.extend([("from", Value::Date(from)), ("to", Value::Date(to))]);
            Text::NoticeTrialMoved
        }
        None => Text::NoticeTrialRemoved,
    };
    Ok(Some(Notice {
        kind: NoticeKind::Membership,
        people: people.into_iter().collect(),
        text,
        values,
        has_letter: false,
        // Whoever does not read it travels to a week that is not.
        cannot_wait: true,
        href: None,
    }))
}
