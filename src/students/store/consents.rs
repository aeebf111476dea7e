//! Queries on what people consent to.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::{
    authz::SignedIn,
    db::{
        Conn,
        schema::{consents, enrolments},
    },
    error::Result,
    on_both,
    primitives::Id,
    students::model::{Consent, Purpose},
};

/// What somebody has decided.
pub fn consents(conn: &mut Conn, person: Id) -> Result<Vec<Consent>> {
    Ok(consents::table
        .filter(consents::person_id.eq(person))
        .select(Consent::as_select())
        .load(conn)?)
}

/// Puts a decision in the place of an earlier one.
pub fn set_consent(conn: &mut Conn, proof: &SignedIn, consent: &Consent) -> Result<()> {
    debug_assert_eq!(proof.person(), consent.person_id, "nobody decides for another");
    diesel::delete(consents::table.find((consent.person_id, consent.purpose))).execute(conn)?;
    diesel::insert_into(consents::table).values(consent).execute(conn)?;
    Ok(())
}

/// Of two people who become one, a use that either refuses is refused.
pub(super) fn join_consents(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
    let own = consents(conn, to)?;
    for theirs in consents(conn, from)? {
        let Some(own) = own.iter().find(|own| own.purpose == theirs.purpose) else {
            continue;
        };
        let superseded = if theirs.given { &theirs } else { own };
        diesel::delete(consents::table.find((superseded.person_id, superseded.purpose))).execute(conn)?;
    }
    Ok(())
}

/// The students of a cohort who do not want teams balanced by what is known of them.
pub fn objectors(conn: &mut Conn, cohort: Id) -> Result<HashSet<Id>> {
    let students = enrolments::table
        .filter(enrolments::cohort_id.eq(cohort))
        .select(enrolments::person_id);
    let found: Vec<Id> = on_both!(conn, |conn| consents::table
        .filter(consents::purpose.eq(Purpose::TeamBalance))
        .filter(consents::given.eq(false))
        .filter(consents::person_id.eq_any(students))
        .select(consents::person_id)
        .load(conn))?;
    Ok(found.into_iter().collect())
}
