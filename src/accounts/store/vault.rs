//! The secrets of the installation, encrypted.

use diesel::prelude::*;

use crate::{
    db::{Conn, schema::installation_secrets as secrets},
    error::Result,
    primitives::Instant,
};

/// The secrets of the installation as one signing key encrypts them.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = secrets)]
pub struct WrappedSecret {
    /// The `kid` of the signing key.
    pub key_id: String,
    /// Nonce, text and tag, in base 64.
    pub wrapped: String,
    /// When they were encrypted with it.
    pub created_at: Instant,
}

/// For every signing key that there was.
pub fn wrapped_secrets(conn: &mut Conn) -> Result<Vec<WrappedSecret>> {
    Ok(secrets::table.select(WrappedSecret::as_select()).load(conn)?)
}

/// Stores them for one signing key.
pub fn replace_wrapped_secret(conn: &mut Conn, row: &WrappedSecret) -> Result<()> {
    delete_wrapped_secret(conn, &row.key_id)?;
    diesel::insert_into(secrets::table).values(row).execute(conn)?;
    Ok(())
}

/// A signing key that is gone shall not read them from a later copy of the database.
pub fn delete_wrapped_secret(conn: &mut Conn, key_id: &str) -> Result<()> {
    diesel::delete(secrets::table.find(key_id)).execute(conn)?;
    Ok(())
}
