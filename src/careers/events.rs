//! What happens to employers, roles and introductions. None of it names a graduate to an employer: it tells that there is something to
//! read, and who may read it is asked then.

use serde::{Deserialize, Serialize};

use super::model::{Employer, Fee, Introduction, IntroductionStatus, Role};
use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, text_enum},
};

text_enum! {
    /// What happened to an introduction.
    pub enum IntroductionChange {
        /// The staff asked a graduate.
        Asked = "introduction.asked",
        /// The graduate would rather not. Only the staff learn it.
        Refused = "introduction.refused",
        /// The graduate agrees, or for longer.
        Introduced = "introduction.introduced",
        /// It took a step.
        StepTaken = "introduction.step_taken",
        /// The graduate has withdrawn the consent.
        Withdrawn = "introduction.withdrawn",
    }
}

/// Something that happened to an introduction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IntroductionEvent {
    /// What happened.
    pub kind: IntroductionChange,
    /// The introduction.
    pub introduction_id: Id,
    /// Its campus.
    pub campus_id: Id,
    /// What it was then.
    pub status: IntroductionStatus,
    /// Who may know of it, beside the staff.
    readers: Vec<Id>,
}

impl IntroductionEvent {
    /// Of this introduction, with the employer's contacts of that moment. What they have never been shown they are not told of.
    pub fn of(kind: IntroductionChange, introduction: &Introduction, contacts: &[Id]) -> Self {
        let told = introduction.consented_at.is_some().then_some(contacts);
        let mut readers = told.map(<[Id]>::to_vec).unwrap_or_default();
        readers.push(introduction.person_id);
        Self {
            kind,
            introduction_id: introduction.id,
            campus_id: introduction.campus_id,
            status: introduction.status,
            readers,
        }
    }
}

event!(IntroductionEvent, "introduction", introduction_id; campus_id => |event| staff_and(&event.readers), at |event| {
    format!("/v1/introductions/{}", event.introduction_id)
});

fn staff_and(people: &[Id]) -> Vec<Audience> {
    let people = people.iter().copied().map(Audience::Person);
    [Audience::Staff].into_iter().chain(people).collect()
}

/// An employer, for its contacts and the staff.
pub fn employer(of: &Employer, contacts: &[Id]) -> Told {
    Told {
        object: "employer",
        id: of.id,
        campus: Some(of.campus_id),
        cohort: None,
        href: format!("/v1/employers/{}", of.id),
        audience: staff_and(contacts),
    }
}

/// That somebody is a contact of an employer, also for them.
pub fn contact(of: &Employer, person: Id, contacts: &[Id]) -> Told {
    let mut all = contacts.to_vec();
    if !all.contains(&person) {
        all.push(person);
    }
    Told {
        object: "employer_contact",
        id: person,
        ..employer(of, &all)
    }
}

/// A role: for its employer and the staff, and for everybody if it is or was public.
pub fn role(of: &Role, contacts: &[Id], is_public: bool) -> Told {
    let mut audience = staff_and(contacts);
    if is_public {
        audience.push(Audience::Everybody);
    }
    Told {
        object: "employer_role",
        id: of.id,
        campus: Some(of.campus_id),
        cohort: None,
        href: format!("/v1/roles/{}", of.id),
        audience,
    }
}

/// Somebody's profile, for them alone.
pub fn profile(person: Id) -> Told {
    Told {
        object: "career_profile",
        id: person,
        campus: None,
        cohort: None,
        href: "/v1/me/career-profile".into(),
        audience: vec![Audience::Person(person)],
    }
}

/// A fee, for the organisers.
pub fn fee(of: &Fee) -> Told {
    Told {
        object: "referral_fee",
        id: of.id,
        campus: Some(of.campus_id),
        cohort: None,
        href: format!("/v1/referral-fees/{}", of.id),
        audience: vec![Audience::Organisers],
    }
}
