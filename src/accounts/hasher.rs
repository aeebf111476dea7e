//! Argon2id on threads of its own: the memory it takes is bounded by their number, and a log-in
//! never holds up another request.

use std::{sync::OnceLock, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{Output, ParamsString, PasswordHash, Salt, SaltString, rand_core::OsRng},
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
    // Kept for all passwords: given back and taken again, it would pile up in the allocator.
    let mut memory = Vec::new();
    while let Some(job) = jobs.take() {
        // Nothing is worked out for who has gone meanwhile, however many do that.
        match job {
            Job::Hash(_, reply) if reply.is_closed() => {}
            Job::Verify(_, _, reply) if reply.is_closed() => {}
            Job::Hash(password, reply) => {
                let _ = reply.send(hash(&in_one_form(&password), &mut memory));
            }
            Job::Verify(password, Some(hash), reply) => {
                let _ = reply.send(fits(&password, &hash, &mut memory));
            }
            Job::Verify(password, None, reply) => {
                let nobody = NOBODY.get_or_init(|| hash("nobody has this password", &mut memory).ok());
                if let Some(nobody) = nobody {
                    fits(&password, nobody, &mut memory);
                }
                let _ = reply.send(false);
            }
        }
    }
}

/// Unknown addresses are checked against this, so that they take as long as known ones.
static NOBODY: OnceLock<Option<String>> = OnceLock::new();

/// The memory of one hash.
type Memory = Vec<argon2::Block>;

fn hash(password: &str, memory: &mut Memory) -> Result<String> {
    let (argon2, salt) = (argon2(), SaltString::generate(&mut OsRng));
    let output = output(&argon2, password, salt.as_salt(), Params::DEFAULT_OUTPUT_LEN, memory)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params()).map_err(Error::internal)?,
        salt: Some(salt.as_salt()),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

fn output(argon2: &Argon2, password: &str, salt: Salt, length: usize, memory: &mut Memory) -> Result<Output> {
    let mut bytes = [0; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut bytes).map_err(Error::internal)?;
    let blocks = argon2.params().block_count();
    memory.resize(blocks.max(memory.len()), argon2::Block::default());
    Output::init_with(length, |out| {
        let hashed = argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, memory);
        Ok(hashed?)
    })
    .map_err(Error::internal)
}

/// Hashes from before passwords were brought into one form fit as they were typed then.
fn fits(password: &str, hash: &str, memory: &mut Memory) -> bool {
    let mut fits = |password: &str| is_of(password, hash, memory).unwrap_or(false);
    let one = in_one_form(password);
    fits(&one) || (one != password && fits(password))
}

/// Whether the hash is of this password, compared in a time that tells nothing; none if it cannot be read.
fn is_of(password: &str, hash: &str, memory: &mut Memory) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let version = hash.version.and_then(|version| Version::try_from(version).ok())?;
    let params = Params::try_from(&hash).ok()?;
    let argon2 = Argon2::new(Algorithm::try_from(hash.algorithm).ok()?, version, params);
    let expected = hash.hash?;
    let made = output(&argon2, password, hash.salt?, expected.len(), memory).ok()?;
    Some(made == expected)
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
        let mut memory = Memory::new();
        let kept = hash(&in_one_form("cafe\u{301} creme\u{a0}bru\u{302}le\u{301}e"), &mut memory).unwrap();
        assert!(fits("caf\u{e9} creme br\u{fb}l\u{e9}e", &kept, &mut memory));
        assert!(
            !fits("Caf\u{e9} creme br\u{fb}l\u{e9}e", &kept, &mut memory)
                && !fits("cafe creme brulee", &kept, &mut memory)
        );
        let as_typed = hash("cafe\u{301} creme", &mut memory).unwrap();
        assert!(fits("cafe\u{301} creme", &as_typed, &mut memory));
    }
}
