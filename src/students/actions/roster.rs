//! A cohort's roster as a table: in and out, for the API and for the command line.

use std::collections::HashMap;

use super::{
    as_staff,
    enrolments::Entry,
    invitations::{self, Guest},
};
use crate::{
    authz::Actor,
    campuses::{model::Campus, store as campuses},
    cohorts::{CohortStaff, model::Cohort, store as cohorts},
    db::Conn,
    error::Result,
    mentoring,
    primitives::{Email, Id, Instant},
    students::{
        RosterKeeper,
        model::{CellError, Enrolment, ImportOutcome, Invitation, InvitationStatus, RowOutcome},
        rules::{
            enrolments::takes_students,
            invitations::check_usable,
            roster::{
                self, Read, Row,
                decide::{Known, Step, decide},
            },
        },
        store,
    },
};

/// [`import`] for whoever asks over the API.
pub fn import_as(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    csv: &str,
    dry_run: bool,
    now: Instant,
) -> Result<ImportOutcome> {
    let (_, proof) = as_staff(conn, actor, cohort)?;
    import(conn, &proof.into(), csv, dry_run, now, &|_, _| {})
}

/// Reads a roster: enrols who has joined the campus, invites who has not, and notes what it says of
/// those who are there. All of it or, if a row is not right or it is only tried, nothing; nobody is
/// removed by not being in it. Whether somebody who has not joined has an account shows nowhere.
/// `progress` hears how many rows of how many are done.
///
/// # Errors
/// `422` for a table whose columns are not right, `409` if the cohort takes no students any more.
/// Rows that are not right are no error but in the outcome: see [`ImportOutcome::is_refused`].
pub fn import(
    conn: &mut Conn,
    proof: &RosterKeeper,
    csv: &str,
    dry_run: bool,
    now: Instant,
    progress: &dyn Fn(usize, usize),
) -> Result<ImportOutcome> {
    let cohort = cohorts::cohort(conn, proof.cohort())?;
    takes_students(cohort.status)?;
    let campus = campuses::campus(conn, cohort.campus_id)?;
    let table = roster::read(csv)?;
    let standing = Standing::load(conn, proof, &campus, &table, now)?;
    let steps = standing.decide_all(&table, &cohort)?;
    let outcome = ImportOutcome::new(dry_run, table.iter().zip(&steps).map(told).collect());
    if dry_run || outcome.is_refused() {
        return Ok(outcome);
    }
    for (done, (read, step)) in (1..).zip(table.iter().zip(steps)) {
        if let Ok(row) = &read.row {
            apply(conn, proof, &cohort, row, step, now)?;
        }
        progress(done, table.len());
    }
    Ok(outcome)
}

fn told((read, step): (&Read, &Step)) -> RowOutcome {
    RowOutcome {
        line: read.line,
        email: read.email.clone(),
        outcome: step.result(),
        errors: match step {
            Step::Refuse(errors) => errors.clone(),
            _ => Vec::new(),
        },
    }
}

/// What is known of everybody who may be in the table.
struct Standing {
    students: HashMap<Id, Enrolment>,
    /// Whom an address stands for: their own, or the one they were invited by.
    student_by_email: HashMap<Email, Id>,
    member_by_email: HashMap<Email, Id>,
    invited: HashMap<Email, Invitation>,
}

impl Standing {
    fn load(conn: &mut Conn, proof: &RosterKeeper, campus: &Campus, table: &[Read], now: Instant) -> Result<Self> {
        let roster = store::roster_with_emails(conn, proof)?;
        let invitations = store::invitations(conn, proof.cohort())?;
        let accepted = invitations
            .iter()
            .filter_map(|invitation| Some((invitation.email.clone(), invitation.accepted_by?)));
        let own = roster
            .iter()
            .filter_map(|(enrolment, _, email)| Some((email.clone()?, enrolment.person_id)));
        let student_by_email = accepted.chain(own).collect();
        let emails: Vec<Email> = table
            .iter()
            .filter_map(|read| read.row.as_ref().ok().map(|row| row.email.clone()))
            .collect();
        Ok(Self {
            student_by_email,
            member_by_email: store::members_by_email(conn, proof, campus.id, &emails)?
                .into_iter()
                .collect(),
            invited: invitations
                .into_iter()
                .filter(|one| one.status == InvitationStatus::Pending && check_usable(one, now).is_ok())
                .map(|one| (one.email.clone(), one))
                .collect(),
            students: roster
                .into_iter()
                .map(|(enrolment, ..)| (enrolment.person_id, enrolment))
                .collect(),
        })
    }

    fn of(&self, email: &Email) -> Known<'_> {
        let student = |person: &Id| self.students.get(person).map(Known::Student);
        let by_address = self.student_by_email.get(email).and_then(student);
        let member = || {
            let person = self.member_by_email.get(email)?;
            Some(student(person).unwrap_or(Known::Member(*person)))
        };
        let invited = || self.invited.get(email).map(Known::Invited);
        by_address.or_else(member).or_else(invited).unwrap_or(Known::Nobody)
    }

    fn decide_all(&self, table: &[Read], cohort: &Cohort) -> Result<Vec<Step>> {
        let mut seen = Seen::default();
        let mut decide_one = |read: &Read| match &read.row {
            Err(errors) => Ok(Step::Refuse(errors.clone())),
            Ok(row) => {
                let known = self.of(&row.email);
                match seen.before(row, known, read.line) {
                    Some(line) => Ok(Step::Refuse(vec![CellError::at(
                        "email",
                        "duplicate",
                        format!("names the same person as line {line}; remove one of the two rows"),
                    )])),
                    None => decide(row, known, cohort),
                }
            }
        };
        table.iter().map(&mut decide_one).collect()
    }
}

/// Who has come up in the table, and where.
#[derive(Default)]
struct Seen {
    emails: HashMap<Email, u64>,
    people: HashMap<Id, u64>,
}

impl Seen {
    /// The line on which this person was before, under this address or another.
    fn before(&mut self, row: &Row, known: Known<'_>, line: u64) -> Option<u64> {
        let person = match known {
            Known::Student(enrolment) => Some(enrolment.person_id),
            Known::Member(person) => Some(person),
            Known::Invited(_) | Known::Nobody => None,
        };
        let by_person = person.and_then(|person| earlier(&mut self.people, person, line));
        let by_email = earlier(&mut self.emails, row.email.clone(), line);
        by_email.or(by_person)
    }
}

/// The line noted for this key; notes `line` if there is none.
fn earlier<K: Eq + std::hash::Hash>(lines: &mut HashMap<K, u64>, key: K, line: u64) -> Option<u64> {
    let first = *lines.entry(key).or_insert(line);
    (first != line).then_some(first)
}

fn apply(conn: &mut Conn, proof: &RosterKeeper, cohort: &Cohort, row: &Row, step: Step, now: Instant) -> Result<()> {
    let entry = || Entry {
        experience: row.experience,
        attributes: row.attributes.clone(),
        joined_on: row.joined_on,
    };
    match step {
        Step::Enrol(person) => {
            mentoring::must_not_mentor(conn, cohort, person, now)?;
            store::insert(conn, proof, &entry().enrolment(cohort, person, now))
        }
        Step::Update(enrolment) => {
            let after = Enrolment {
                version: enrolment.version + 1,
                updated_at: now,
                ..*enrolment
            };
            store::update(conn, proof, &after)
        }
        Step::Invite => {
            let guest = Guest {
                email: row.email.clone(),
                name: row.name.clone(),
                entry: entry(),
            };
            invitations::send(conn, proof, cohort, &guest, now).map(drop)
        }
        Step::Amend(invitation) => store::amend_invitation(conn, proof, &invitation),
        Step::Nothing(_) | Step::Refuse(_) => Ok(()),
    }
}

/// [`export_csv`] for whoever asks over the API.
pub fn export_as(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, String)> {
    let (cohort, proof) = CohortStaff::or_hide(conn, actor, cohort)?;
    let csv = export_csv(conn, &proof.into())?;
    Ok((cohort, csv))
}

/// The roster as a table that [`import`] reads again and finds nothing new in.
///
/// It is the one place where staff see the e-mail addresses of their students: without them a roster
/// cannot be told from another, and joining the campus was the consent to be on it. Nobody else can
/// ask for it, and no other answer holds an address.
pub fn export_csv(conn: &mut Conn, proof: &RosterKeeper) -> Result<String> {
    roster::write(&store::roster_with_emails(conn, proof)?)
}
