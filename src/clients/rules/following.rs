//! What may follow a state, and who takes it there.

use crate::{
    clients::model::Party,
    error::{Code, Error, Result},
};

/// The state of something, with what may follow.
pub(super) struct Following<S: 'static> {
    /// What it is, such as `client`.
    pub what: &'static str,
    pub status: S,
    /// The states that may follow, and who takes each.
    pub next: Vec<(S, &'static [Party])>,
    pub word: fn(S) -> &'static str,
}

impl<S: Copy + PartialEq> Following<S> {
    /// As which of what they are somebody takes a step; nothing is to be done if it was taken.
    ///
    /// # Errors
    /// `409 invalid_transition` with the steps that they can take instead if it does not follow, `403` if others take it.
    pub fn takes(&self, step: S, parties: &[Party]) -> Result<Option<Party>> {
        if step == self.status {
            return Ok(None);
        }
        let Some((_, takers)) = self.next.iter().find(|(next, _)| *next == step) else {
            return Err(self.does_not_follow(parties));
        };
        let own = parties.iter().find(|party| takers.contains(party));
        own.copied().map(Some).ok_or_else(|| {
            Error::forbidden(match takers {
                [Party::Owner] => "a product owner of the client",
                _ => "staff of the campus",
            })
        })
    }

    fn does_not_follow(&self, parties: &[Party]) -> Error {
        let is_own = |takers: &[Party]| parties.iter().any(|party| takers.contains(party));
        let own = self.next.iter().filter(|(_, takers)| is_own(takers));
        let next: Vec<&str> = own.map(|(next, _)| (self.word)(*next)).collect();
        let (what, word) = (self.what, (self.word)(self.status));
        let detail = match next.split_last() {
            None if self.next.is_empty() => format!("The {what} is `{word}` and cannot be changed any more."),
            None => format!("The {what} is `{word}`. Only its product owners can take the next step."),
            Some((only, [])) => format!("The {what} is `{word}`. Your next step can be `{only}`."),
            Some((last, others)) => {
                let others = others.join("`, `");
                format!("The {what} is `{word}`. Your next step can be `{others}` or `{last}`.")
            }
        };
        Error::new(Code::InvalidTransition, detail).with("next", next)
    }
}
