//! Who hears what, and how long somebody may stay away.

use chrono::TimeDelta;

use super::model::{Access, AccessKind, Bookmark, Change, Channel};
use crate::{
    error::{Code, Error, Result},
    outbox::Audience,
    primitives::{Id, Instant},
};

/// Who stays away longer reads everything again. Events are kept a day longer: they are not given their places at once.
pub const KEPT: TimeDelta = TimeDelta::days(29);

/// The channels of an event with this audience.
pub fn channels(audience: &str, campus: Option<Id>, cohort: Option<Id>) -> Vec<Channel> {
    let staff = campus.map(Channel::Staff);
    let mut channels: Vec<Channel> = Audience::stored(audience)
        .flat_map(|audience| match audience {
            Audience::Everybody => [Some(Channel::Everybody), campus.map(Channel::Campus), None],
            Audience::Insiders => [cohort.map(Channel::Inside), staff, Some(Channel::Administrators)],
            Audience::SlotViewers => [cohort.map(Channel::Slots), campus.map(Channel::Alumni), staff],
            Audience::Staff => [staff, Some(Channel::Administrators), None],
            Audience::Organisers => [campus.map(Channel::Organisers), Some(Channel::Administrators), None],
            Audience::Person(id) => [Some(Channel::Person(id)), None, None],
            Audience::Except(_) => [None, None, None],
        })
        .flatten()
        .collect();
    // Administrators count as staff everywhere.
    if channels.iter().any(|channel| matches!(channel, Channel::Slots(_))) {
        channels.push(Channel::Administrators);
    }
    channels.sort_unstable();
    channels.dedup();
    channels
}

/// What somebody hears who has these accesses; of one campus, if it is named.
pub fn heard(person: Id, is_admin: bool, accesses: &[Access], campus: Option<Id>) -> Vec<Channel> {
    let open = campus.map_or(Channel::Everybody, Channel::Campus);
    let mut heard = vec![open, Channel::Person(person)];
    match campus.filter(|_| is_admin) {
        Some(campus) => heard.extend([Channel::Staff(campus), Channel::Organisers(campus)]),
        None if is_admin => heard.push(Channel::Administrators),
        None => {}
    }
    heard.extend(accesses.iter().flat_map(|access| match access.kind {
        AccessKind::Insider => vec![Channel::Inside(access.of), Channel::Slots(access.of)],
        AccessKind::Mentor => vec![Channel::Slots(access.of)],
        AccessKind::Staff => vec![Channel::Staff(access.of)],
        AccessKind::Organiser => vec![Channel::Organisers(access.of)],
        AccessKind::Alumnus => vec![Channel::Alumni(access.of)],
        // What carers are told is told to each of them.
        AccessKind::Carer => Vec::new(),
    }));
    heard.sort_unstable();
    heard.dedup();
    heard
}

/// Whether a change is told to each carer of a campus, who may be none any more when they read it.
pub fn is_for_carers(change: &Change) -> bool {
    change.object_type == "pastoral_note"
}

/// Whether somebody who cares at these campuses, each since then, still reads what was told to them as a carer. Whoever is
/// named again begins anew.
pub fn still_reads(change: &Change, cares: &[(Id, Instant)]) -> bool {
    let mut at = cares.iter().filter(|(campus, _)| Some(*campus) == change.campus_id);
    at.any(|(_, since)| change.created_at >= *since)
}

/// The cohort and the applicant of the application of another that a change tells the staff of, if it does.
pub fn application_of_another(change: &Change, reader: Id) -> Option<(Id, Id)> {
    if !matches!(change.object_type.as_str(), "application" | "interview_slot") {
        return None;
    }
    let applicant = Audience::stored(&change.audience).find_map(|audience| match audience {
        Audience::Person(id) => Some(id),
        _ => None,
    });
    Some((change.cohort_id?, applicant.filter(|applicant| *applicant != reader)?))
}

/// Whether a change says that an application is gone.
pub fn is_end_of_application(change: &Change) -> bool {
    change.kind == "application.deleted"
}

/// Whether somebody is excepted from those who are told of a change.
pub fn is_excepted(change: &Change, reader: Id) -> bool {
    Audience::stored(&change.audience).any(|audience| audience == Audience::Except(reader))
}

/// What is to be read again by who has gained an access; all of it is forgotten by who has lost it.
pub fn to_read(access: Access) -> Vec<String> {
    let of = access.of;
    let at = |paths: &[&str]| paths.iter().map(|path| path.replace("{}", &of.to_string())).collect();
    match access.kind {
        AccessKind::Insider => at(&[
            "/v1/cohorts/{}/enrolments",
            "/v1/cohorts/{}/weeks",
            "/v1/cohorts/{}/encounters",
            "/v1/cohorts/{}/role-ledger",
            "/v1/cohorts/{}/timetable",
            "/v1/cohorts/{}/events",
            "/v1/cohorts/{}/discoveries",
            "/v1/cohorts/{}/actions",
            "/v1/cohorts/{}/walks",
            "/v1/cohorts/{}/mentor-slots",
            "/v1/cohorts/{}/office-hours",
        ]),
        AccessKind::Mentor => at(&["/v1/cohorts/{}/mentor-slots", "/v1/cohorts/{}/office-hours"]),
        AccessKind::Staff => at(&[
            "/v1/campuses/{}/members",
            "/v1/campuses/{}/checklist-templates",
            "/v1/cohorts?campus_id={}",
        ]),
        AccessKind::Organiser => at(&["/v1/campuses/{}/staff-invitations"]),
        AccessKind::Alumnus => at(&["/v1/cohorts?campus_id={}"]),
        AccessKind::Carer => at(&["/v1/campuses/{}/pastoral-carers", "/v1/cohorts?campus_id={}"]),
    }
}

/// Whether all that happened since is still there. A bookmark from beyond the end is from before a backup was restored.
///
/// # Errors
/// `410`
pub fn check_kept(from: &Bookmark, end: i64, now: Instant) -> Result<()> {
    if from.at.plus(KEPT) >= now && from.position <= end {
        return Ok(());
    }
    Err(not_kept())
}

/// What whoever has to begin again is answered.
pub fn not_kept() -> Error {
    let detail = "What changed since is not kept any more, or the cursor was given to another account. Ask without a \
                  cursor for a new one, read again what you show, remove what is not there any more, and go on \
                  from that cursor.";
    Error::new(Code::ResyncRequired, detail)
}

/// What is new between two sets of accesses: those gained, and those lost.
pub fn differences(before: &[Access], after: &[Access]) -> (Vec<Access>, Vec<Access>) {
    let without = |these: &[Access], others: &[Access]| {
        let mut left = these.to_vec();
        left.retain(|access| !others.contains(access));
        left
    };
    (without(after, before), without(before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_reach_those_who_may_know_of_them_and_nobody_else() {
        let [campus, cohort, person] = [Id::new(), Id::new(), Id::new()];
        let reached = |audience: &str| channels(audience, Some(campus), Some(cohort));
        assert_eq!(reached(""), []);
        assert_eq!(reached("everybody"), [Channel::Everybody, Channel::Campus(campus)]);
        assert_eq!(
            reached("insiders"),
            [Channel::Staff(campus), Channel::Inside(cohort), Channel::Administrators]
        );
        assert_eq!(
            reached("slot-viewers"),
            [
                Channel::Staff(campus),
                Channel::Alumni(campus),
                Channel::Slots(cohort),
                Channel::Administrators
            ]
        );
        assert_eq!(
            reached("organisers"),
            [Channel::Organisers(campus), Channel::Administrators]
        );
        assert_eq!(
            reached(&format!("staff person:{person}")),
            [Channel::Staff(campus), Channel::Person(person), Channel::Administrators]
        );
    }

    #[test]
    fn somebody_hears_what_they_have_access_to_and_administrators_everything() {
        let [campus, cohort, person] = [Id::new(), Id::new(), Id::new()];
        let insider = Access {
            kind: AccessKind::Insider,
            of: cohort,
        };
        let everywhere = heard(person, false, &[insider], None);
        assert!(everywhere.contains(&Channel::Everybody) && everywhere.contains(&Channel::Inside(cohort)));
        assert!(!heard(person, false, &[], Some(campus)).contains(&Channel::Everybody));
        assert!(heard(person, true, &[], None).contains(&Channel::Administrators));
        let at_one = heard(person, true, &[], Some(campus));
        assert!(at_one.contains(&Channel::Staff(campus)) && !at_one.contains(&Channel::Administrators));
    }

    #[test]
    fn a_change_tells_staff_of_the_application_of_another_by_who_it_is_told_to() {
        let [applicant, reader, cohort] = [Id::new(), Id::new(), Id::new()];
        let booked = format!("staff person:{applicant}");
        let gone = format!("{booked} except:{reader}");
        for (object_type, audience, who, is_of_another, is_excepted) in [
            ("application", &booked, reader, true, false),
            ("interview_slot", &booked, reader, true, false),
            ("application", &gone, reader, true, true),
            ("application", &gone, applicant, false, false),
            ("application", &booked, applicant, false, false),
            ("interview_slot", &"staff".to_owned(), reader, false, false),
            ("member", &booked, reader, false, false),
        ] {
            let change = Change {
                id: Id::new(),
                position: Some(1),
                kind: format!("{object_type}.updated"),
                object_type: object_type.into(),
                object_id: Id::new(),
                campus_id: None,
                cohort_id: Some(cohort),
                created_at: Instant::now(),
                href: None,
                audience: audience.clone(),
            };
            let expected = is_of_another.then_some((cohort, applicant));
            assert_eq!(
                application_of_another(&change, who),
                expected,
                "{object_type} {audience}"
            );
            assert_eq!(
                super::is_excepted(&change, who),
                is_excepted,
                "{object_type} {audience}"
            );
        }
    }

    #[test]
    fn a_bookmark_is_good_for_29_days_and_not_beyond_the_end() {
        let now = Instant::now();
        let from = |position, days| Bookmark {
            position,
            at: now.plus(-TimeDelta::days(days)),
            accesses: Vec::new(),
        };
        assert!(check_kept(&from(5, 29), 5, now).is_ok());
        for gone in [from(5, 30), from(6, 0)] {
            assert_eq!(check_kept(&gone, 5, now).unwrap_err().code(), Code::ResyncRequired);
        }
    }

    #[test]
    fn what_is_gained_and_lost_is_the_difference() {
        let access = |kind| Access { kind, of: Id::new() };
        let [kept, lost, gained] = [AccessKind::Staff, AccessKind::Insider, AccessKind::Alumnus].map(access);
        assert_eq!(differences(&[kept, lost], &[gained, kept]), (vec![gained], vec![lost]));
    }
}
