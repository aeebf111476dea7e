//! A cohort's roster as a table: in and out, for the API and for the command line.

use super::{
    as_staff,
    enrolments::{StudentDetails, enter, must_have_room},
    invitations::{self, Invitee},
};
use crate::{
    accounts::model::Audience,
    audit,
    authz::Actor,
    campuses::store as campuses,
    cohorts::{
        CohortStaff,
        model::{Cohort, CohortStatus},
        store as cohorts,
    },
    db::Conn,
    error::{Error, Result},
    mentoring,
    primitives::{Email, Id, Instant},
    students::{
        RosterKeeper,
        model::{CellError, Enrolment, EnrolmentStatus, ImportOptions, ImportOutcome, RowOutcome},
        rules::{
            enrolments::takes,
            roster::{self, Circle, People, Read, Row, Step},
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
    options: ImportOptions,
    now: Instant,
) -> Result<ImportOutcome> {
    let (_, proof) = as_staff(conn, actor, cohort)?;
    import(conn, &proof.into(), csv, options, now, &|_, _| {})
}

/// Reads a roster: enrols the members of the campus whom it names by their id or by an address that they have proved;
/// invites whomever else it names by an address, because an address that an account has is nobody's proof that it is
/// theirs; enters those of whom it has only the name; and notes what it says of those who are there. All of it or, if a row is not right or it is only tried,
/// nothing; nobody is removed by not being in it. `progress` hears how many rows of how many are done.
///
/// # Errors
/// `422` for a table whose columns are not right, `409` if the cohort takes no students any more.
/// Rows that are not right are no error but in the outcome: see [`ImportOutcome::is_refused`].
pub fn import(
    conn: &mut Conn,
    proof: &RosterKeeper,
    csv: &str,
    options: ImportOptions,
    now: Instant,
    progress: &dyn Fn(usize, usize),
) -> Result<ImportOutcome> {
    let cohort = cohorts::cohort(conn, proof.cohort())?;
    audit::at_campus(cohort.campus_id);
    let roster::Table { rows: table, skipped } = roster::read(csv, options)?;
    // Only where alumni can be entered is the table asked for them: elsewhere such a row is what is wrong.
    let status = match cohort.status {
        CohortStatus::Graduated => roster::status(&table),
        _ => EnrolmentStatus::Enrolled,
    };
    takes(cohort.status, status)?;
    let people = people(conn, proof, cohort.campus_id, &table, now)?;
    let steps = refuse_crowded(conn, &cohort, people.decide_all(&table, &cohort)?, now)?;
    let added = steps
        .iter()
        .filter(|step| matches!(step, Step::Enrol(_) | Step::Enter(_)))
        .count();
    must_have_room(conn, &cohort, added)?;
    let outcomes = table.iter().zip(&steps).map(told).collect();
    let outcome = ImportOutcome::new(options.dry_run, skipped, outcomes);
    if options.dry_run || outcome.is_refused() {
        return Ok(outcome);
    }
    audit::became("rows", None::<usize>, outcome.summary);
    for (done, (read, step)) in (1..).zip(table.iter().zip(steps)) {
        if let Ok(row) = &read.row {
            apply(conn, proof, &cohort, row, step, now)?;
        }
        progress(done, table.len());
    }
    Ok(outcome)
}

/// An address that gets no more invitations today is wrong in its row, in a dry run too.
fn refuse_crowded(conn: &mut Conn, cohort: &Cohort, steps: Vec<Step>, now: Instant) -> Result<Vec<Step>> {
    fn invited(step: &Step) -> Option<&Email> {
        match step {
            Step::Invite(email, _) | Step::Offer(email, ..) => Some(email),
            _ => None,
        }
    }
    let emails: Vec<Email> = steps.iter().filter_map(invited).cloned().collect();
    let crowded = invitations::crowded(conn, cohort.campus_id, &emails, now)?;
    let checked = |step: Step| match invited(&step) {
        Some(email) if crowded.contains(email) => {
            Step::Refuse(vec![CellError::at("email", "too_many", invitations::CROWDED)])
        }
        _ => step,
    };
    Ok(steps.into_iter().map(checked).collect())
}

fn told((read, step): (&Read, &Step)) -> RowOutcome {
    RowOutcome {
        line: read.line,
        email: read.email.clone(),
        name: read.name.clone(),
        outcome: step.result(),
        errors: match step {
            Step::Refuse(errors) => errors.clone(),
            _ => Vec::new(),
        },
    }
}

/// What is known of everybody who may be in the table.
fn people(conn: &mut Conn, proof: &RosterKeeper, campus: Id, table: &[Read], now: Instant) -> Result<People> {
    let named = table.iter().filter_map(|read| read.row.as_ref().ok()?.person);
    let members = campuses::members_among(conn, campus, &named.collect::<Vec<Id>>())?;
    let addresses = table.iter().filter_map(|read| read.row.as_ref().ok()?.email.clone());
    let proved = store::proved_addresses(conn, proof, campus, &addresses.collect::<Vec<Email>>())?;
    let roster = store::roster_with_emails(conn, proof)?;
    let invitations = store::invitations(conn, proof.cohort())?;
    let circle = Circle {
        members,
        staff: invitations::staff_among(conn, campus, &invitations)?,
        objectors: store::objectors(conn, proof.cohort())?,
    };
    Ok(People::new(roster, invitations, circle, proved, now))
}

fn apply(conn: &mut Conn, proof: &RosterKeeper, cohort: &Cohort, row: &Row, step: Step, now: Instant) -> Result<()> {
    let details = || StudentDetails {
        status: row.status.unwrap_or_default(),
        experience: row.experience,
        attributes: row.attributes.clone(),
        joined_on: row.joined_on,
    };
    match step {
        Step::Enrol(person) => {
            mentoring::must_not_mentor(conn, cohort, person, now)?;
            store::insert(conn, proof, &details().enrolment(cohort, person, now))
        }
        Step::Enter(name) => enter(conn, proof, cohort, &name, &details(), now).map(drop),
        Step::Update(update) => {
            if let Some(name) = &update.renamed {
                store::rename_unclaimed(conn, proof, update.after.person_id, name, now)?;
            }
            let after = Enrolment {
                version: update.after.version + 1,
                updated_at: now,
                ..update.after
            };
            store::update(conn, proof, &after, update.is_seen)
        }
        Step::Invite(email, name) => {
            let invitee = Invitee {
                email,
                name,
                details: details(),
                place: None,
            };
            invitations::send(conn, proof, cohort, &invitee, now).map(drop)
        }
        Step::Offer(email, name, place, then) => {
            apply(conn, proof, cohort, row, *then, now)?;
            let (place, _) = store::enrolment(conn, cohort.id, place)?.ok_or_else(Error::not_found)?;
            invitations::send(conn, proof, cohort, &Invitee::of_place(email, name, &place), now).map(drop)
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
/// It shows of the students what the staff of the campus see of them.
pub fn export_csv(conn: &mut Conn, proof: &RosterKeeper) -> Result<String> {
    let campus = cohorts::cohort(conn, proof.cohort())?.campus_id;
    let students = store::roster_for_staff(conn, proof.cohort())?;
    let people: Vec<Id> = students.iter().map(|(_, card)| card.id).collect();
    let viewer = campuses::viewer(conn, proof.person(), Audience::Cohort, Some(campus), &people)?;
    let seen = |(enrolment, card)| (enrolment, viewer.view(card));
    roster::write(&students.into_iter().map(seen).collect::<Vec<_>>())
}
