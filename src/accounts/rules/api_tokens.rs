//! What an API token may be.

use chrono::{Months, NaiveDate};

use crate::{
    authz::{Scope, Scopes},
    error::{Code, Error, FieldError, Result},
};

/// How many one person may have that are good.
const MOST: i64 = 20;

/// The scopes of a new token, if one may be made.
///
/// # Errors
/// `422` naming what is wrong, `409` if there are too many.
pub fn new_api_token(scopes: &[Scope], expires_on: NaiveDate, today: NaiveDate, there: i64) -> Result<Scopes> {
    let latest = today.checked_add_months(Months::new(12)).unwrap_or(today);
    let (known, mut wrong) = (Scopes::of(scopes), Vec::new());
    if known.is_none() {
        let detail = "must name at least one of `read` and `write`";
        wrong.push(FieldError::at("/scopes", "invalid", detail));
    }
    if expires_on < today || expires_on > latest {
        let detail = format!("must be a day from today to {latest}: a token is good for a year at most");
        wrong.push(FieldError::at("/expires_on", "invalid", detail));
    }
    let Some(known) = known.filter(|_| wrong.is_empty()) else {
        return Err(Error::fields(wrong));
    };
    if there >= MOST {
        let detail =
            format!("You have {there} API tokens. Delete those that are not used any more; `last_used_at` says which.");
        return Err(Error::new(Code::TooManyApiTokens, detail));
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_a_scope_and_ends_within_a_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-03-02");
        let both = [Scope::Write, Scope::Read, Scope::Read];
        for (expires_on, good) in [
            ("2026-03-01", false),
            ("2026-03-02", true),
            ("2027-03-02", true),
            ("2027-03-03", false),
        ] {
            let made = new_api_token(&both, day(expires_on), today, 0);
            assert_eq!(made.ok(), good.then_some(Scopes::ReadAndWrite), "{expires_on}");
        }
        assert_eq!(new_api_token(&[Scope::Read], today, today, 19).unwrap(), Scopes::Read);
        assert_eq!(new_api_token(&[Scope::Write], today, today, 19).unwrap(), Scopes::Write);
        let too_many = new_api_token(&[Scope::Read], today, today, 20).unwrap_err();
        assert_eq!(too_many.code(), Code::TooManyApiTokens);
        let wrong = new_api_token(&[], day("2020-01-01"), today, 20).unwrap_err();
        let pointers: Vec<&str> = wrong
            .field_errors()
            .iter()
            .map(|field| field.pointer.as_str())
            .collect();
        assert_eq!(pointers, ["/scopes", "/expires_on"]);
    }
}
