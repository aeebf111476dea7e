//! API tokens: made, listed, deleted.

use chrono::NaiveDate;

use super::{sessions::freshly_signed_in, telling::tell};
use crate::{
    accounts::{events::AccountChange, model::ApiTokenRow, rules, store},
    authz::{API_TOKEN_PREFIX, Actor, Scope, SignedIn},
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant, Line, Page, PageQuery, Secret},
};

/// The caller's tokens, the newest first.
pub fn api_tokens(conn: &mut Conn, actor: &Actor, query: &PageQuery) -> Result<Page<ApiTokenRow>> {
    let person = SignedIn::prove(actor)?.person();
    let rows = store::api_tokens(conn, person, query.after()?, query.limit)?;
    Ok(Page::of(rows, query.limit, |token| token.id))
}

/// Makes a token, which is stored as a hash: the row, and what its owner has to keep.
pub fn create_api_token(
    conn: &mut Conn,
    actor: &Actor,
    name: &Line,
    scopes: &[Scope],
    expires_on: NaiveDate,
    now: Instant,
) -> Result<(ApiTokenRow, String)> {
    let person = freshly_signed_in(conn, actor, now)?.person();
    let there = store::count_api_tokens(conn, person, now.date())?;
    let scopes = rules::new_api_token(scopes, expires_on, now.date(), there)?;
    let token = format!("{API_TOKEN_PREFIX}{}", Secret::new().text);
    let row = ApiTokenRow {
        id: Id::new(),
        person_id: person,
        name: name.clone(),
        token_hash: Secret::hash(&token),
        scopes,
        created_at: now,
        expires_on,
        last_used_at: None,
    };
    store::insert_api_token(conn, &row)?;
    tell(conn, AccountChange::ApiTokenCreated, person, now)?;
    Ok((row, token))
}

/// Deletes one of the caller's tokens.
pub fn delete_api_token(conn: &mut Conn, actor: &Actor, id: Id) -> Result<()> {
    let person = SignedIn::prove(actor)?.person();
    match store::delete_api_token(conn, person, id)? {
        true => Ok(()),
        false => Err(Error::not_found()),
    }
}
