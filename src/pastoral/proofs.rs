//! Proofs about pastoral care. Their fields are private to this file: whoever holds one was permitted.

use std::collections::BTreeMap;

use diesel::{dsl::exists, prelude::*};

use super::model::{Note, Walk};
use crate::{
    audit,
    authz::{
        Action, Actor, CampusTerms, SignedIn, Standing, campus_must_be_open, permits, second_factor_required,
        shows_both_factors,
    },
    campuses::{CampusStaff, model::MemberStatus},
    cohorts::{CohortInsider, CohortStaff, model::Cohort},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            campus_members, campuses, cohorts, enrolments, mentor_slots, pastoral_carers, pastoral_notes, sign_ups,
            walks, weeks,
        },
    },
    error::{Code, Error, Result},
    mentoring::model::{SignUpStatus, SlotKind},
    on_both,
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};

/// Cares for the students of the cohort's campus.
#[derive(Clone, Copy, Debug)]
pub struct PastoralCarer {
    person: Id,
    cohort: Id,
    campus: Id,
    since: Instant,
}

impl PastoralCarer {
    /// The cohort, with the proof. For everybody else, organisers and administrators too, nothing of it exists.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not; `403` for carers of a closed campus, and for those without a second
    /// factor where the campus's staff need one.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let person = SignedIn::prove(actor)?.person();
        let (cohort, require_second_factor, closed_at): (Cohort, bool, Option<Instant>) = cohorts::table
            .inner_join(campuses::table)
            .filter(cohorts::id.eq(cohort))
            .select((
                Cohort::as_select(),
                campuses::require_second_factor,
                campuses::closed_at,
            ))
            .first(conn)?;
        let since = carer_since(conn, cohort.campus_id, person)?.ok_or_else(Error::not_found)?;
        if !permits(Standing::PastoralCarer, Action::CarePastorally) {
            return Err(Error::not_found());
        }
        audit::at_campus(cohort.campus_id);
        let terms = CampusTerms {
            require_second_factor,
            is_closed: closed_at.is_some(),
        };
        campus_must_be_open(terms.is_closed)?;
        if terms.ask_second_factor(actor) && !shows_both_factors(conn, actor)? {
            return Err(second_factor_required());
        }
        let proof = Self {
            person,
            cohort: cohort.id,
            campus: cohort.campus_id,
            since,
        };
        Ok((cohort, proof))
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// Since when they are a carer.
    pub fn since(&self) -> Instant {
        self.since
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }
}

/// Cares for the students of these campuses, of all at which whoever asks may do so.
#[derive(Clone, Debug)]
pub struct CarerAtCampuses {
    campuses: Vec<Id>,
}

impl CarerAtCampuses {
    /// The proof: without campuses that are closed, and without those whose staff need a second factor that they lack.
    ///
    /// # Errors
    /// `401` for nobody.
    pub fn of(conn: &mut Conn, actor: &Actor) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        if !permits(Standing::PastoralCarer, Action::CarePastorally) {
            return Ok(Self { campuses: Vec::new() });
        }
        let mut found: Vec<(Id, bool)> = pastoral_carers::table
            .inner_join(campuses::table.on(campuses::id.eq(pastoral_carers::campus_id)))
            .filter(pastoral_carers::person_id.eq(person))
            .filter(campuses::closed_at.is_null())
            .order(campuses::id)
            .select((campuses::id, campuses::require_second_factor))
            .load(conn)?;
        let asks = |(_, require_second_factor): &(Id, bool)| {
            let terms = CampusTerms {
                require_second_factor: *require_second_factor,
                is_closed: false,
            };
            terms.ask_second_factor(actor)
        };
        if found.iter().any(asks) && !shows_both_factors(conn, actor)? {
            found.retain(|campus| !asks(campus));
        }
        Ok(Self {
            campuses: found.into_iter().map(|(campus, _)| campus).collect(),
        })
    }

    /// The campuses it holds for.
    pub fn campuses(&self) -> &[Id] {
        &self.campuses
    }
}

/// May read who studies in a cohort: whoever sees inside it, and the carers of its campus, who write about its students.
#[derive(Clone, Copy, Debug)]
pub struct RosterReader {
    person: Id,
    is_staff: bool,
}

impl RosterReader {
    /// The cohort, with the proof.
    ///
    /// # Errors
    /// As [`CohortInsider::of`] for those who are no carers, as [`PastoralCarer::of`] for those who are.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let refused = match CohortInsider::of(conn, actor, cohort) {
            Ok((cohort, insider)) => {
                let (person, is_staff) = (insider.person(), insider.is_staff());
                return Ok((cohort, Self { person, is_staff }));
            }
            Err(refused) => refused,
        };
        match PastoralCarer::of(conn, actor, cohort) {
            Ok((cohort, carer)) => Ok((
                cohort,
                Self {
                    person: carer.person,
                    is_staff: false,
                },
            )),
            Err(error) if error.code() == Code::NotFound => Err(refused),
            Err(error) => Err(error),
        }
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// Whether they are on the staff.
    pub fn is_staff(&self) -> bool {
        self.is_staff
    }
}

/// May know who cares for the students of a campus: its staff, its members and the students of its cohorts.
#[derive(Clone, Copy, Debug)]
pub struct CarersReader {
    campus: Id,
}

impl CarersReader {
    /// The proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` if there is no such campus, `403` for those who do not belong to it.
    pub fn of(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let proof = Self { campus };
        let refused = match CampusStaff::of(conn, actor, campus) {
            Ok(_) => return Ok(proof),
            Err(refused) => refused,
        };
        let joined = campus_members::table
            .filter(campus_members::campus_id.eq(campus))
            .filter(campus_members::person_id.eq(person))
            .filter(campus_members::status.eq(MemberStatus::Member));
        let studies = enrolments::table
            .inner_join(cohorts::table)
            .filter(cohorts::campus_id.eq(campus))
            .filter(enrolments::person_id.eq(person))
            .filter(enrolments::status.eq(EnrolmentStatus::Enrolled));
        match diesel::select(exists(joined).or(exists(studies))).get_result(conn)? {
            true => Ok(proof),
            false if refused.code() == Code::Forbidden => Err(Error::forbidden("members of the campus")),
            false => Err(refused),
        }
    }

    /// The campus it holds for.
    pub fn campus(&self) -> Id {
        self.campus
    }
}

fn carer_since(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<Instant>> {
    let own = pastoral_carers::table.find((campus, person));
    Ok(own.select(pastoral_carers::created_at).first(conn).optional()?)
}

/// Sees a note: a carer whom it is not about, and who was one when it was written or shared.
pub struct SeenNote {
    /// The note.
    pub note: Note,
    carer: PastoralCarer,
}

impl SeenNote {
    /// The note, with the proof.
    ///
    /// # Errors
    /// As [`PastoralCarer::of`].
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let note: Note = pastoral_notes::table.find(id).select(Note::as_select()).first(conn)?;
        let (_, carer) = PastoralCarer::of(conn, actor, note.cohort_id)?;
        match note.is_read_by(carer.person, carer.since) {
            true => Ok(Self { note, carer }),
            false => Err(Error::not_found()),
        }
    }

    /// That they are a carer.
    pub fn carer(&self) -> PastoralCarer {
        self.carer
    }

    /// The campus for whose students they care.
    pub fn campus(&self) -> Id {
        self.carer.campus
    }

    /// Whether they wrote it.
    pub fn is_own(&self) -> bool {
        self.note.written_by == Some(self.carer.person)
    }
}

/// Sees a walk: whoever sees inside its cohort.
pub struct SeenWalk {
    /// The walk, if the slot is one.
    pub walk: Option<Walk>,
    /// The mentor slot.
    pub slot: Id,
    /// Whether students book short times in it.
    pub is_office_hours: bool,
    /// The cohort.
    pub cohort: Cohort,
    insider: CohortInsider,
}

impl SeenWalk {
    /// A pastoral slot with the walk that it is, and the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not, and for slots that are not pastoral.
    pub fn of(conn: &mut Conn, actor: &Actor, slot: Id) -> Result<Self> {
        let (cohort, kind, minutes): (Id, SlotKind, Option<i32>) = mentor_slots::table
            .filter(mentor_slots::id.eq(slot))
            .select((
                mentor_slots::cohort_id,
                mentor_slots::kind,
                mentor_slots::booking_minutes,
            ))
            .first(conn)?;
        let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
        if kind != SlotKind::Pastoral {
            let detail = "This mentor slot is no walk: only slots of kind `pastoral` can be.";
            return Err(Error::new(Code::NotFound, detail));
        }
        let of_week = weeks::cohort_id
            .eq(mentor_slots::cohort_id)
            .and(weeks::number.eq(mentor_slots::week_number));
        let walk = on_both!(conn, |conn| walks::table
            .inner_join(mentor_slots::table.inner_join(weeks::table.on(of_week)))
            .filter(walks::slot_id.eq(slot))
            .select(Walk::as_select())
            .first(conn))
        .optional()?;
        Ok(Self {
            walk,
            slot,
            is_office_hours: minutes.is_some(),
            cohort,
            insider,
        })
    }

    /// The proof that they are on the staff.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        self.insider.staff()
    }

    /// The proof that they may come along.
    ///
    /// # Errors
    /// `403` if they do not study in the cohort, or its campus is closed.
    pub fn walker(&self) -> Result<Walker> {
        self.insider.must_be_open()?;
        match self.insider.is_student() {
            true => Ok(Walker {
                person: self.insider.person(),
                slot: self.slot,
            }),
            false => Err(Error::forbidden("students of the cohort")),
        }
    }
}

/// May take a place in a walk.
#[derive(Clone, Copy, Debug)]
pub struct Walker {
    person: Id,
    slot: Id,
}

impl Walker {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The mentor slot it holds for.
    pub fn slot(&self) -> Id {
        self.slot
    }
}

/// Since when somebody may know who takes a place in which of these walks: as a carer of the campus in all, as a mentor in
/// their own. Who had come along before is not for them until the walk is there.
pub fn sees_walkers(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    slots: &[Id],
    person: Id,
) -> Result<BTreeMap<Id, Instant>> {
    let own: Vec<(Id, Instant)> = sign_ups::table
        .filter(sign_ups::slot_id.among(slots))
        .filter(sign_ups::person_id.eq(person))
        .filter(sign_ups::status.among([SignUpStatus::Confirmed, SignUpStatus::Attended]))
        .select((sign_ups::slot_id, sign_ups::created_at))
        .load(conn)?;
    let mut since: BTreeMap<Id, Instant> = own.into_iter().collect();
    if let Ok((_, carer)) = PastoralCarer::of(conn, actor, cohort) {
        for slot in slots {
            let known = since.entry(*slot).or_insert(carer.since());
            *known = carer.since().min(*known);
        }
    }
    Ok(since)
}
