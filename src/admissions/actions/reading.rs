//! Reading applications: the rubric, the panel, scores, and standing aside.

use crate::{
    accounts::{
        model::{Audience, PersonView},
        store as accounts,
    },
    admissions::{
        model::{
            Application, Criterion, Form, Intake, JudgedEvidence, LocalIntake, NewRubric, NewScore, OwnPanel,
            PanelMember, Queue, Recusal, Score,
        },
        proofs::{self, OwnPanels, PanelReader, ReadApplication, SeenApplication, may_read},
        rules::{evidence, forms, reading as rules},
        store,
    },
    audit,
    authz::Actor,
    campuses,
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant, Stored},
    students,
};

/// By what applications are read.
pub struct Rubric {
    pub criteria: Vec<Criterion>,
    pub is_blind: bool,
    pub version: i64,
}

/// What a reader has read, and is yet to.
pub struct ToRead {
    pub application: Application,
    /// What they think, if they have said so.
    pub own: Option<Scored>,
}

/// What somebody thinks, with what that comes to unless they abstain.
#[derive(Clone)]
pub struct Scored {
    pub score: Score,
    pub total: Option<f64>,
}

/// An application as a reader sees it.
pub struct Reading {
    pub application: Application,
    pub local: LocalIntake,
    /// Who applies; none as long as names are hidden.
    pub person: Option<PersonView>,
    pub form: Form,
    pub evidence: Vec<JudgedEvidence>,
    pub own: Option<Scored>,
    /// What others think, with what that comes to, and the average of all: once the reader has scored.
    pub others: Option<Others>,
}

/// What the others on the panel think.
pub struct Others {
    pub scores: Vec<Scored>,
    pub average: Option<f64>,
}

/// By what the applications to a cohort are read, for its staff and its panel.
pub fn rubric(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Rubric> {
    let local = match CohortStaff::or_hide(conn, actor, cohort) {
        Ok(_) => proofs::intake(conn, cohort)?,
        Err(_) => PanelReader::of(conn, actor, cohort)?.0,
    };
    Ok(shown(&local.intake))
}

fn shown(intake: &Intake) -> Rubric {
    Rubric {
        criteria: intake.rubric.to_vec(),
        is_blind: intake.is_blind,
        version: intake.version,
    }
}

/// Applications are read by this from now on.
pub fn set_rubric(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: NewRubric,
    known: IfMatch,
    now: Instant,
) -> Result<Rubric> {
    let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let before = proofs::intake(conn, cohort)?.intake;
    known.check(before.version)?;
    rules::check_rubric(&new.criteria)?;
    let changed = Intake {
        rubric: Stored::new(new.criteria)?,
        is_blind: new.blind,
        ..before.clone()
    };
    if changed == before {
        return Ok(shown(&before));
    }
    let after = Intake {
        version: before.version + 1,
        updated_at: now,
        ..changed
    };
    audit::changed(&before, &after);
    store::save(conn, &staff, &after, None)?;
    Ok(shown(&after))
}

/// Who reads the applications to a cohort, as its staff see them.
pub fn panel(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<(PersonView, Instant)>> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let members = store::panel(conn, &staff)?;
    let people: Vec<Id> = members.iter().map(|member| member.person.id).collect();
    let viewer = campuses::store::viewer(
        conn,
        Some(staff.person()),
        Audience::Campus,
        Some(cohort.campus_id),
        &people,
    )?;
    let view = |member: PanelMember| (viewer.view(member.person), member.created_at);
    Ok(members.into_iter().map(view).collect())
}

/// Puts somebody of the staff or the alumni on the panel.
pub fn appoint(conn: &mut Conn, actor: &Actor, cohort: Id, person: Id, now: Instant) -> Result<()> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    proofs::intake(conn, cohort.id)?;
    if !may_read(conn, cohort.campus_id, person)? {
        let is_seen = campuses::store::member_status(conn, cohort.campus_id, person)?.is_some()
            || students::store::enrolment(conn, cohort.id, person)?.is_some();
        return Err(match is_seen {
            true => Error::field(
                "/person_id",
                "invalid",
                "must be on the staff of the campus, or one of the alumni whom it admits",
            ),
            false => Error::not_found(),
        });
    }
    let there = store::panel(conn, &staff)?;
    if there.iter().all(|member| member.person.id != person) {
        rules::PANEL.check_room(there.len())?;
    }
    store::insert_panel_member(conn, &staff, &cohort, person, now)
}

/// Takes somebody off the panel.
pub fn dismiss(conn: &mut Conn, actor: &Actor, cohort: Id, person: Id, now: Instant) -> Result<()> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    store::delete_panel_member(conn, &staff, &cohort, person, now)
}

/// The panels that the caller is on, each with how much there is to read.
pub fn own_panels(conn: &mut Conn, actor: &Actor) -> Result<Vec<(OwnPanel, Queue)>> {
    let own = OwnPanels::of(conn, actor)?;
    if own.panels().is_empty() {
        return Ok(Vec::new());
    }
    let queues = store::queues(conn, &own)?;
    let with_queue = |panel: &OwnPanel| {
        let queue = queues.get(&panel.cohort.id).copied().unwrap_or_default();
        (panel.clone(), queue)
    };
    Ok(own.panels().iter().map(with_queue).collect())
}

/// Up to `limit` applications behind another that the caller reads, whether or not they have scored.
pub fn to_read(conn: &mut Conn, actor: &Actor, cohort: Id, after: Option<Id>, limit: i64) -> Result<Vec<ToRead>> {
    let (local, reader) = PanelReader::of(conn, actor, cohort)?;
    let found = store::to_read(conn, &reader, after, limit)?;
    let with_total = |(application, own): (Application, Option<Score>)| ToRead {
        application,
        own: own.map(|score| scored(score, &local.intake)),
    };
    Ok(found.into_iter().map(with_total).collect())
}

fn scored(score: Score, intake: &Intake) -> Scored {
    let total = score.points.as_ref().map(|points| rules::total(points, &intake.rubric));
    Scored { score, total }
}

/// An application as the caller reads it: what others think only once they have scored themself.
pub fn read(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Reading> {
    let read = ReadApplication::of(conn, actor, id)?;
    let person = read.reader().person();
    let all = store::scores(conn, id)?;
    let own = all.iter().find(|score| score.person_id == person).cloned();
    let has_scored = own.as_ref().is_some_and(|score| score.points.is_some());
    let intake = &read.local.intake;
    let others = has_scored.then(|| {
        let others = all.iter().filter(|score| score.person_id != person);
        Others {
            scores: others.map(|score| scored(score.clone(), intake)).collect(),
            average: rules::average(&all, &intake.rubric),
        }
    });
    let form = store::form(conn, read.application.form_id)?;
    let readings = store::readings(conn, id)?;
    let mut application = read.application.clone();
    application.answers = Stored::new(forms::shown(&application.answers, &form.questions))?;
    let is_hidden = intake.is_blind && !has_scored;
    let card = accounts::card(conn, read.application.person_id)?;
    Ok(Reading {
        evidence: evidence::judged(&form.questions, &readings, read.local.closes_at()),
        // As everybody may see them: readers need no address.
        person: (!is_hidden).then(|| card.into()),
        form,
        own: own.map(|score| scored(score, intake)),
        others,
        application,
        local: read.local,
    })
}

/// Says what the caller thinks, or that they abstain.
pub fn score(conn: &mut Conn, actor: &Actor, id: Id, new: NewScore, now: Instant) -> Result<Reading> {
    let to_score = ReadApplication::of(conn, actor, id)?;
    rules::must_be_undecided(&to_score.application)?;
    if let Some(points) = &new.points {
        rules::check_points(points, &to_score.local.intake.rubric)?;
    }
    let person = to_score.reader().person();
    let before = store::scores(conn, id)?
        .into_iter()
        .find(|score| score.person_id == person);
    let after = Score {
        application_id: id,
        person_id: person,
        points: new.points.map(Stored::new).transpose()?,
        note: new.note,
        version: before.as_ref().map_or(1, |score| score.version + 1),
        created_at: before.as_ref().map_or(now, |score| score.created_at),
        updated_at: now,
    };
    store::save_score(conn, &to_score, &after)?;
    read(conn, actor, id)
}

/// The caller should not decide about the applicant. What they thought does not count.
pub fn stand_aside(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let read = ReadApplication::of(conn, actor, id)?;
    let recusal = Recusal {
        application_id: id,
        person_id: read.reader().person(),
        created_at: now,
    };
    store::insert_recusal(conn, &read, &recusal)
}

/// Somebody may read an application again that they have stood aside from. Nobody lifts their own, which they do not even see;
/// what the service knows stays.
pub fn lift_recusal(conn: &mut Conn, actor: &Actor, id: Id, person: Id) -> Result<()> {
    let seen = SeenApplication::of(conn, actor, id)?;
    let staff = seen.staff()?;
    store::delete_recusal(conn, &staff, &seen.application, person)
}
