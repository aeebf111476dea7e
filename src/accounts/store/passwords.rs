//! Queries on passwords.

use diesel::prelude::*;

use crate::{
    db::{Conn, schema::people},
    error::Result,
    primitives::Id,
};

/// Puts another hash of the same password in place of one, if that is still the one.
pub fn renew_password_hash(conn: &mut Conn, person: Id, from: &str, to: &str) -> Result<()> {
    let same = people::table.find(person).filter(people::password_hash.eq(from));
    diesel::update(same).set(people::password_hash.eq(to)).execute(conn)?;
    Ok(())
}
