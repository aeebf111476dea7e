//! People with accounts and sessions, made behind the API so that a test does not pay for hashing.

use diesel::prelude::*;
use peerled::{
    accounts::{
        model::{NewPerson, Session},
        store,
    },
    db::{Conn, schema::people},
    error::Result,
    primitives::{Email, Id, Instant, Line},
};

use serde_json::Value;

use super::{Client, World};

/// A person with an access token.
#[derive(Clone)]
pub struct User {
    pub id: String,
    pub email: String,
    pub name: String,
    client: Client,
}

impl std::ops::Deref for User {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl User {
    /// What they are, and where: each role with the id of its place, and nothing else of it.
    pub fn roles(&self) -> Vec<Value> {
        let me = self.get("/v1/me").is(200);
        let bare = |role: &Value| {
            let place = role.get("cohort_id").map_or("campus_id", |_| "cohort_id");
            let kept = ["role", place].into_iter();
            let kept = kept.filter_map(|field| Some((field.to_owned(), role.get(field)?.clone())));
            Value::Object(kept.collect())
        };
        me.json["roles"].as_array().unwrap().iter().map(bare).collect()
    }
}

impl World {
    /// A new person with this name and a session. Their password is no one's.
    pub fn person(&self, name: &str) -> User {
        self.people(&[name.into()]).remove(0)
    }

    /// The same who runs the whole service.
    pub fn administrator(&self, name: &str) -> User {
        let user = self.person(name);
        let id = Id::parse(&user.id).unwrap();
        self.db(move |conn| {
            diesel::update(people::table.find(id))
                .set(people::is_admin.eq(true))
                .execute(conn)?;
            Ok(())
        });
        user
    }

    /// As if they had shown that mail to their address reaches them.
    pub fn prove_address(&self, user: &User) {
        self.prove(&user.email);
    }

    /// The same for whoever has an account with this address.
    pub fn prove(&self, email: &str) {
        let email = Email::parse(email).unwrap();
        self.db(move |conn| {
            let person = store::by_email(conn, &email)?.unwrap();
            store::prove_address(conn, person.id, Instant::now()).map(drop)
        });
    }

    /// The same for several, in one transaction.
    pub fn people(&self, names: &[String]) -> Vec<User> {
        let now = Instant::now();
        let named = |name: &String| New {
            id: Id::new(),
            session: Id::new(),
            email: format!("{}@example.org", name.to_lowercase().replace(' ', ".")),
            name: name.clone(),
        };
        let new: Vec<New> = names.iter().map(named).collect();
        let rows = new.clone();
        self.db(move |conn| rows.iter().try_for_each(|person| person.insert(conn, now)));
        let user = |person: New| {
            let id = person.id;
            let token = self.state.keys.sign(id, person.session, now).unwrap();
            User {
                id: id.to_string(),
                email: person.email,
                name: person.name,
                client: Client::new(&self.url, Some(token)),
            }
        };
        new.into_iter().map(user).collect()
    }

    /// Another session of somebody: its id.
    pub fn begin_session(&self, user: &User) -> Id {
        let (session, now) = (Id::new(), Instant::now());
        let row = live_session(session, Id::parse(&user.id).unwrap(), now);
        self.db(move |conn| store::begin_session(conn, &row, &row.id.to_string()));
        session
    }

    /// How many accounts there are: for tests that a refusal changed nothing.
    pub fn count_people(&self) -> i64 {
        self.state
            .db
            .read_blocking(|conn| Ok(people::table.count().get_result(conn)?))
            .unwrap()
    }
}

#[derive(Clone)]
struct New {
    id: Id,
    session: Id,
    email: String,
    name: String,
}

impl New {
    fn insert(&self, conn: &mut Conn, now: Instant) -> Result<()> {
        let person = NewPerson {
            id: self.id,
            email: Email::parse(&self.email).unwrap(),
            name: Line::parse(&self.name).unwrap(),
            password_hash: Some("none".into()),
            email_verified_at: None,
            language: None,
            created_at: now,
            updated_at: now,
        };
        store::insert(conn, &person)?;
        let session = live_session(self.session, self.id, now);
        store::begin_session(conn, &session, &session.id.to_string())
    }
}

fn live_session(id: Id, person: Id, now: Instant) -> Session {
    Session {
        id,
        person_id: person,
        created_at: now,
        last_used_at: now,
        expires_at: now.plus(chrono::TimeDelta::hours(1)),
        ended_at: None,
        name: Line::parse("Firefox on Linux").unwrap(),
        version: 1,
        both_factors: false,
    }
}
