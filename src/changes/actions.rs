//! What is new to somebody.

use super::{
    model::{Access, AccessKind, Batch, Bookmark, CONSUMER, Change, News},
    rules, store,
};
use crate::{
    admissions::ReadableApplications,
    authz::{Action, Actor, Administrator, OnStaff, SignedIn, StaffRole, Standing, permits},
    cohorts::mentor_sees_inside,
    db::Conn,
    error::Result,
    mentoring::model::SignUpStatus,
    outbox,
    primitives::{Id, Instant, Limit},
    students::model::EnrolmentStatus,
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Where the caller has got to; none to begin now.
    pub from: Option<Bookmark>,
    /// Of one campus only.
    pub campus: Option<Id>,
    /// How much at once.
    pub limit: Limit,
}

/// What is new to the caller since a bookmark.
pub fn since(conn: &mut Conn, actor: &Actor, asked: &Asked, now: Instant) -> Result<Batch> {
    let person = SignedIn::prove(actor)?.person();
    let end = outbox::position(conn, CONSUMER)?.unwrap_or(0);
    let accesses = accesses(conn, actor, person, asked.campus, now)?;
    let is_admin = Administrator::prove(conn, actor).is_ok();
    let Some(from) = &asked.from else {
        let next = Bookmark {
            position: end,
            at: now,
            accesses,
        };
        return Ok(Batch {
            news: Vec::new(),
            next,
            has_more: false,
            is_admin,
        });
    };
    rules::check_kept(from, end, now)?;
    let (gained, lost) = rules::differences(&from.accesses, &accesses);
    let heard = rules::heard(person, is_admin, &accesses, asked.campus);
    let mut changes = store::changes(conn, &heard, (from.position, end), asked.limit.plus_one())?;
    let has_more = asked.limit.is_exceeded_by(changes.len());
    if has_more {
        changes.pop();
    }
    let last = changes.last().and_then(|last| last.position);
    if changes.iter().any(rules::is_for_carers) {
        let cares = store::cared_for(conn, person)?;
        changes.retain(|change| !rules::is_for_carers(change) || rules::still_reads(change, &cares));
    }
    retain_readable(conn, person, &mut changes)?;
    let next = Bookmark {
        position: last.filter(|_| has_more).unwrap_or(end),
        at: now,
        accesses,
    };
    let of_places = lost
        .into_iter()
        .map(News::Lost)
        .chain(gained.into_iter().map(News::Gained));
    Ok(Batch {
        news: of_places.chain(changes.into_iter().map(News::Changed)).collect(),
        next,
        has_more,
        is_admin,
    })
}

/// Leaves out what is told to the staff about applications of others that somebody has nothing to do with. Of one that is gone
/// they are told that it is, unless they stood aside from it.
fn retain_readable(conn: &mut Conn, person: Id, changes: &mut Vec<Change>) -> Result<()> {
    let of_another = |change: &Change| rules::application_of_another(change, person);
    let asked: Vec<(Id, Id)> = changes.iter().filter_map(of_another).collect();
    if asked.is_empty() {
        return Ok(());
    }
    let readable = ReadableApplications::of(conn, person, &asked)?;
    changes.retain(|change| match of_another(change) {
        None => true,
        Some((_, applicant)) if rules::is_end_of_application(change) => {
            !readable.knows(applicant) && !rules::is_excepted(change, person)
        }
        Some((cohort, applicant)) => readable.has(cohort, applicant),
    });
    Ok(())
}

/// What somebody sees more than everybody, in order; at one campus, if it is named.
pub fn accesses(conn: &mut Conn, actor: &Actor, person: Id, campus: Option<Id>, now: Instant) -> Result<Vec<Access>> {
    let mut accesses = Vec::new();
    let mut add = |kind, of, at| {
        if campus.is_none_or(|campus| campus == at) {
            accesses.push(Access { kind, of });
        }
    };
    for (campus, role, terms) in store::staff_of(conn, person)? {
        match OnStaff::load(conn, actor, Some(role), terms)?.standing() {
            Some(Standing::Staff(StaffRole::Organiser)) => {
                add(AccessKind::Staff, campus, campus);
                add(AccessKind::Organiser, campus, campus);
            }
            Some(Standing::Staff(_)) => add(AccessKind::Staff, campus, campus),
            // Nobody acts for a campus that has closed.
            _ => {}
        }
    }
    for (campus, _) in store::cared_for(conn, person)? {
        add(AccessKind::Carer, campus, campus);
    }
    let mut graduated_at = Vec::new();
    for (status, cohort, campus) in store::studied(conn, person)? {
        let standing = match status {
            EnrolmentStatus::Enrolled => Standing::Student,
            EnrolmentStatus::Graduated => Standing::Graduate,
            EnrolmentStatus::Withdrawn => continue,
        };
        if permits(standing, Action::SeeInsideCohort) {
            add(AccessKind::Insider, cohort, campus);
        }
        if status == EnrolmentStatus::Graduated {
            graduated_at.push(campus);
        }
    }
    let hosts = match graduated_at.is_empty() {
        true => Vec::new(),
        false => store::hosts(conn, &graduated_at)?,
    };
    for host in graduated_at.into_iter().chain(hosts) {
        add(AccessKind::Alumnus, host, host);
    }
    for ((status, is_office_hours), (cohort, campus), week, zone) in store::mentored(conn, person)? {
        add(AccessKind::Mentor, cohort, campus);
        let comes = matches!(status, SignUpStatus::Confirmed | SignUpStatus::Attended) && !is_office_hours;
        if comes && mentor_sees_inside(week, now.date_in(zone)) && permits(Standing::Mentor, Action::SeeInsideCohort) {
            add(AccessKind::Insider, cohort, campus);
        }
    }
    accesses.sort_unstable();
    accesses.dedup();
    Ok(accesses)
}
