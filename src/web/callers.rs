//! Access tokens that were verified, and their sessions.

use std::sync::Arc;

use quick_cache::sync::Cache;

use crate::{
    authz::{Actor, LiveSession, SignedToken},
    db::{Changes, Moment},
    primitives::Instant,
};

/// Tokens whose signature was verified. What can change is asked of each request all the same: the time, and whether
/// the session is live.
pub struct Callers(Cache<String, Arc<Caller>>);

struct Caller {
    token: SignedToken,
    /// As of a moment.
    session: Option<(LiveSession, Moment)>,
}

impl Default for Callers {
    fn default() -> Self {
        Self(Cache::new(8192))
    }
}

impl Callers {
    /// Whose token this is, if that is known and nothing it rests on has changed.
    pub(super) fn live(&self, sent: &str, now: Instant, changes: &Changes) -> Option<Actor> {
        let known = self.0.get(sent)?;
        let (session, since) = known.session?;
        let holds = known.token.is_timely(now)
            && session.expires_at > now
            && changes.unchanged(since, &[known.token.session, known.token.person]);
        holds.then_some(session.actor)
    }

    /// What this token says, if its signature was verified.
    pub(super) fn verified(&self, sent: &str) -> Option<SignedToken> {
        Some(self.0.get(sent)?.token)
    }

    /// Forgets all of them: some may have been signed with a key that is gone.
    pub fn forget(&self) {
        self.0.clear();
    }

    /// Remembers a token, and its session as of a moment.
    pub(super) fn insert(&self, sent: String, token: SignedToken, session: Option<(LiveSession, Moment)>) {
        self.0.insert(sent, Arc::new(Caller { token, session }));
    }
}
