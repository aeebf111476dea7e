//! Codes that prove that mail to an address reaches whoever sends them back.

use diesel::prelude::*;

use crate::{
    db::schema::mailed_codes,
    primitives::{Email, Id, Instant, Language, Line, text_enum},
};

text_enum! {
    /// What a code is good for.
    pub enum CodePurpose {
        /// Opens an account.
        Registration = "registration",
        /// Proves the address of an account that is there.
        Verification = "verification",
        /// Sets another password.
        PasswordReset = "password_reset",
        /// The same, but handed out by the operator or an organiser: it proves no address.
        GrantedReset = "granted_reset",
        /// Proves the address that an account is to have.
        EmailChange = "email_change",
        /// Agrees to the change, from the address that the account has.
        EmailChangeConsent = "email_change_consent",
    }
}

/// A code as it is stored: without the code.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mailed_codes)]
pub struct MailedCode {
    pub id: Id,
    pub purpose: CodePurpose,
    pub code_hash: String,
    /// Where it was sent. Of a granted reset the address of the account.
    pub email: Email,
    /// Whose account it is about, for those who have asked from within it.
    pub person_id: Option<Id>,
    /// What the account is to be called, for a registration.
    pub name: Option<Line>,
    /// Argon2id, in PHC form, for a registration.
    pub password_hash: Option<String>,
    pub created_at: Instant,
    pub expires_at: Instant,
    /// For what takes two codes: when this one was sent back.
    pub confirmed_at: Option<Instant>,
    /// When it was used up, or made useless.
    pub voided_at: Option<Instant>,
    /// The campus whose organiser handed it out.
    pub campus_id: Option<Id>,
    /// The language of the account's mail, for a registration.
    pub language: Option<Language>,
}
