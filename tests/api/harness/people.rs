//! People with accounts and sessions, made behind the API so that a test does not pay for hashing.

use diesel::prelude::*;
use peerled::{
    accounts::{
        model::{NewPerson, Session},
        store,
    },
    db::schema::people,
    primitives::{Email, Id, Instant, Line},
};

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

impl World {
    /// A new person with this name and a session. Their password is no one's.
    pub fn person(&self, name: &str) -> User {
        let (id, session, now) = (Id::new(), Id::new(), Instant::now());
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let (address, line) = (Email::parse(&email).unwrap(), Line::parse(name).unwrap());
        self.state
            .db
            .write_blocking(move |conn| {
                let person = NewPerson {
                    id,
                    email: address.clone(),
                    name: line.clone(),
                    password_hash: "none".into(),
                    created_at: now,
                    updated_at: now,
                };
                store::insert(conn, &person)?;
                let session = Session {
                    id: session,
                    person_id: id,
                    created_at: now,
                    last_used_at: now,
                    expires_at: now.plus(chrono::TimeDelta::hours(1)),
                    ended_at: None,
                };
                store::begin_session(conn, &session, &session.id.to_string())
            })
            .unwrap();
        let token = self.state.keys.sign(id, session, now).unwrap();
        let client = Client::new(&self.url, Some(token));
        User {
            id: id.to_string(),
            email,
            name: name.into(),
            client,
        }
    }

    /// How many accounts there are: for tests that a refusal changed nothing.
    pub fn count_people(&self) -> i64 {
        self.state
            .db
            .read_blocking(|conn| Ok(people::table.count().get_result(conn)?))
            .unwrap()
    }
}
