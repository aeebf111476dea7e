//! Who asks.

use diesel::prelude::*;

use super::{
    api_token::{ApiToken, Scopes},
    second_factor::RequireSecondFactor,
};
use crate::{
    db::{
        Conn,
        schema::{api_tokens, people, sessions},
    },
    error::{Code, Error, Result},
    on_both,
    primitives::{Id, Instant, Secret},
};

/// The account behind a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The person.
    pub person: Id,
    /// The session that the access token belongs to; none where a program acts for them, or a job is done on their behalf.
    pub session: Option<Id>,
    /// The API token with which a program acts for them.
    pub api_token: Option<ApiToken>,
}

impl Identity {
    /// By what they came in: the id of the session or of the API token. What they may do rests on it as well, because a
    /// session has shown one factor or both.
    pub fn way_in(&self) -> Option<Id> {
        self.session.or(self.api_token.map(|token| token.id))
    }
}

/// Who asks: nobody in particular, or a person. What they are at a campus or in a cohort is asked
/// there, by the proofs of the features.
#[derive(Clone, Copy, Debug, Default)]
pub struct Actor {
    identity: Option<Identity>,
    is_admin: bool,
    required: RequireSecondFactor,
    /// Of work that is done later: whether they had shown both factors when they asked for it.
    showed_both_factors: bool,
}

impl Actor {
    /// Somebody without an access token.
    pub fn nobody() -> Self {
        Self::default()
    }

    /// A person for whom a job is done after their request was answered, if they still have an account.
    pub fn on_behalf_of(conn: &mut Conn, person: Id) -> Result<Option<Self>> {
        let is_admin = people::table
            .find(person)
            .filter(people::disabled_at.is_null())
            .select(people::is_admin)
            .first(conn)
            .optional()?;
        let identity = Identity {
            person,
            session: None,
            api_token: None,
        };
        Ok(is_admin.map(|is_admin| Self::new(identity, is_admin)))
    }

    fn new(identity: Identity, is_admin: bool) -> Self {
        Self {
            identity: Some(identity),
            is_admin,
            required: RequireSecondFactor::default(),
            showed_both_factors: false,
        }
    }

    /// The same, where the operator requires a second factor of some.
    #[must_use]
    pub fn requiring(self, required: RequireSecondFactor) -> Self {
        Self { required, ..self }
    }

    /// The same, for whom something is done that they asked for when they had shown both factors, or had not.
    #[must_use]
    pub fn having_shown_both_factors(self, showed_both_factors: bool) -> Self {
        Self {
            showed_both_factors,
            ..self
        }
    }

    /// The same person as of this transaction.
    ///
    /// # Errors
    /// `401` if the session or the API token has ended meanwhile.
    pub fn as_of_now(&self, conn: &mut Conn) -> Result<Self> {
        let Some(identity) = self.identity else {
            return Ok(Self::nobody());
        };
        let (person, now) = (identity.person, Instant::now());
        let now_there = match (identity.session, identity.api_token) {
            (Some(session), _) => LiveSession::find(conn, session, person, now)?.map(|live| live.actor),
            (None, Some(token)) => {
                LiveApiToken::find(conn, &Sought::Named(token.id), now)?.map(|found| found.live.actor)
            }
            (None, None) => Self::on_behalf_of(conn, person)?,
        };
        let now_there = now_there.ok_or_else(|| {
            Error::new(
                Code::InvalidToken,
                "The session has ended. Log in again, then send the request again.",
            )
        })?;
        Ok(now_there
            .requiring(self.required)
            .having_shown_both_factors(self.showed_both_factors))
    }

    /// The account, unless it is nobody.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// The person, unless it is nobody.
    pub fn person(&self) -> Option<Id> {
        self.identity.map(|identity| identity.person)
    }

    /// Whether they run the whole service.
    pub fn is_admin(&self) -> bool {
        self.is_admin
    }

    /// Whether they had shown both factors when they asked for what is done for them now.
    pub(super) fn showed_both_factors(&self) -> bool {
        self.showed_both_factors
    }

    /// Whether the operator requires a second factor of them where they run something.
    pub(super) fn needs_second_factor(&self) -> bool {
        match self.required {
            RequireSecondFactor::Nobody => false,
            RequireSecondFactor::Admins => self.is_admin,
            RequireSecondFactor::Staff => true,
        }
    }
}

/// A session that has not ended, of somebody who has an account.
#[derive(Clone, Copy, Debug)]
pub struct LiveSession {
    /// Whose it is.
    pub actor: Actor,
    /// When it ends by itself.
    pub expires_at: Instant,
}

impl LiveSession {
    /// The session, if it is live. It rests on these two ids and on the time alone.
    pub fn find(conn: &mut Conn, session: Id, person: Id, now: Instant) -> Result<Option<Self>> {
        let found = on_both!(conn, |conn| sessions::table
            .inner_join(people::table)
            .filter(sessions::id.eq(session))
            .filter(sessions::person_id.eq(person))
            .filter(sessions::ended_at.is_null())
            .filter(sessions::expires_at.gt(now))
            .filter(people::disabled_at.is_null())
            .select((people::is_admin, sessions::expires_at))
            .first(conn))
        .optional()?;
        Ok(found.map(|(is_admin, expires_at)| Self {
            actor: Actor::new(
                Identity {
                    person,
                    session: Some(session),
                    api_token: None,
                },
                is_admin,
            ),
            expires_at,
        }))
    }
}

/// An API token that is good now.
#[derive(Clone, Copy, Debug)]
pub struct LiveApiToken {
    /// Whose it is. It counts as live as long as the token is good.
    pub live: LiveSession,
    /// The token.
    pub token: ApiToken,
    /// When it was last used, as far as that is noted.
    pub last_used_at: Option<Instant>,
}

/// Which token is meant: by what was sent, or by its id.
#[derive(Clone, Debug)]
pub enum Sought {
    /// The token itself.
    Sent(String),
    /// Its id.
    Named(Id),
}

impl LiveApiToken {
    /// The token, if it is good now and its owner has an account.
    pub fn find(conn: &mut Conn, sought: &Sought, now: Instant) -> Result<Option<Self>> {
        let good = api_tokens::table
            .inner_join(people::table)
            .filter(api_tokens::expires_on.ge(now.date()))
            .filter(people::disabled_at.is_null())
            .select((
                api_tokens::id,
                api_tokens::scopes,
                api_tokens::expires_on,
                api_tokens::last_used_at,
                people::id,
                people::is_admin,
            ));
        type Row = (Id, Scopes, chrono::NaiveDate, Option<Instant>, Id, bool);
        let found: Option<Row> = match sought {
            Sought::Sent(text) => good.filter(api_tokens::token_hash.eq(Secret::hash(text))).first(conn),
            Sought::Named(id) => good.filter(api_tokens::id.eq(id)).first(conn),
        }
        .optional()?;
        Ok(found.map(|(id, scopes, expires_on, last_used_at, person, is_admin)| {
            let token = ApiToken { id, scopes };
            Self {
                live: LiveSession {
                    actor: Actor::new(
                        Identity {
                            person,
                            session: None,
                            api_token: Some(token),
                        },
                        is_admin,
                    ),
                    expires_at: Instant::end_of(expires_on),
                },
                token,
                last_used_at,
            }
        }))
    }

    /// Notes that it was used.
    pub fn touch(conn: &mut Conn, token: Id, now: Instant) -> Result<()> {
        diesel::update(api_tokens::table.find(token))
            .set(api_tokens::last_used_at.eq(now))
            .execute(conn)?;
        Ok(())
    }
}

/// Has an account and a live session: the one proof that needs no place.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn {
    person: Id,
}

impl SignedIn {
    /// # Errors
    /// `401` for nobody.
    pub fn prove(actor: &Actor) -> Result<Self> {
        let person = actor.person().ok_or_else(|| {
            Error::new(
                Code::AuthenticationRequired,
                "Log in and send the access token as Bearer.",
            )
        })?;
        Ok(Self { person })
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}
