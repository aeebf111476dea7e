//! Argon2id on threads of its own: the memory it takes is bounded by their number, and a log-in
//! never holds up another request.

use std::{sync::LazyLock, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use tokio::sync::oneshot;

use crate::{
    error::{Error, Result},
    primitives::text::nfc,
    queue::{Depth, Queue, Work},
};

/// Threads, each with 19 MiB while it works.
const THREADS: usize = 2;
/// Passwords that may wait; more are told to come back.
const QUEUE: usize = 256;
/// How long the first of them may have waited before more are told so.
const PATIENCE: Duration = Duration::from_secs(5);

/// OWASP's choice for argon2id: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

enum Job {
    Hash(String, oneshot::Sender<Result<String>>),
    Verify(String, Option<String>, oneshot::Sender<bool>),
}

/// Hashes and verifies passwords.
pub struct Hasher(Queue<Job>);

impl Hasher {
    /// Starts its threads.
    ///
    /// # Errors
    /// A sentence, if a thread cannot be started.
    pub fn start() -> Result<Self, String> {
        let (queue, jobs) = Queue::new(QUEUE, PATIENCE);
        for number in 0..THREADS {
            let jobs = jobs.clone();
            std::thread::Builder::new()
                .name(format!("argon2-{number}"))
                .spawn(move || work(&jobs))
                .map_err(|error| format!("cannot start a hashing thread: {error}"))?;
        }
        Ok(Self(queue))
    }

    /// A hash of the password in PHC form.
    ///
    /// # Errors
    /// `503` when too many wait.
    pub async fn hash(&self, password: String) -> Result<String> {
        let (sender, receiver) = oneshot::channel();
        self.0.submit(Job::Hash(password, sender))?;
        receiver
            .await
            .unwrap_or_else(|_| Err(Error::unavailable("the hashing thread has gone", 5)))
    }

    /// Whether the password fits the hash. Without a hash it works as long and says no.
    ///
    /// # Errors
    /// `503` when too many wait.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let (sender, receiver) = oneshot::channel();
        self.0.submit(Job::Verify(password, hash, sender))?;
        receiver
            .await
            .map_err(|_| Error::unavailable("the hashing thread has gone", 5))
    }

    /// Passwords that wait.
    pub fn depth(&self) -> Depth {
        self.0.depth()
    }
}

fn work(jobs: &Work<Job>) {
    while let Some(job) = jobs.take() {
        // Nothing is worked out for who has gone meanwhile, however many do that.
        match job {
            Job::Hash(_, reply) if reply.is_closed() => {}
            Job::Verify(_, _, reply) if reply.is_closed() => {}
            Job::Hash(password, reply) => {
                let _ = reply.send(hash(&in_one_form(&password)));
            }
            Job::Verify(password, Some(hash), reply) => {
                let _ = reply.send(fits(&password, &hash));
            }
            Job::Verify(password, None, reply) => {
                if let Ok(nobody) = &*NOBODY {
                    fits(&password, nobody);
                }
                let _ = reply.send(false);
            }
        }
    }
}

/// Unknown addresses are checked against this, so that they take as long as known ones.
static NOBODY: LazyLock<Result<String>> = LazyLock::new(|| hash("nobody has this password"));

fn hash(password: &str) -> Result<String> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = argon2()
        .hash_password(password.as_bytes(), &salt)
        .map_err(Error::internal)?;
    Ok(hash.to_string())
}

/// Hashes from before passwords were brought into one form fit as they were typed then.
fn fits(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else {
        return false;
    };
    let fits = |password: &str| argon2().verify_password(password.as_bytes(), &hash).is_ok();
    let one = in_one_form(password);
    fits(&one) || (one != password && fits(password))
}

/// A password as it is compared, however the keyboard composes its accents and spaces (OpaqueString of RFC 8265).
fn in_one_form(password: &str) -> String {
    let spaced: String = password.chars().map(|c| if is_space(c) { ' ' } else { c }).collect();
    nfc(&spaced).into_owned()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_however_it_is_composed() {
        let kept = hash(&in_one_form("cafe\u{301} creme\u{a0}bru\u{302}le\u{301}e")).unwrap();
        assert!(fits("caf\u{e9} creme br\u{fb}l\u{e9}e", &kept));
        assert!(!fits("Caf\u{e9} creme br\u{fb}l\u{e9}e", &kept) && !fits("cafe creme brulee", &kept));
        let as_typed = hash("cafe\u{301} creme").unwrap();
        assert!(fits("cafe\u{301} creme", &as_typed));
    }
}
