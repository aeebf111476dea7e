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
    Verify(String, Option<String>, oneshot::Sender<Verified>),
}

/// What came of comparing a password with a hash.
#[derive(Debug, Default)]
pub struct Verified {
    /// Whether it fits.
    pub fits: bool,
    /// What to keep from now on, if it fits a hash that is weaker than today's.
    pub renewed: Option<Renewed>,
}

/// A hash of the same password that takes the place of a weaker one.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// The weaker one.
    pub from: String,
    /// The one with today's parameters.
    pub to: String,
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
        Ok(self.verify_and_renew(password, hash).await?.fits)
    }

    /// The same, with a hash to keep in place of one that is weaker than today's.
    ///
    /// # Errors
    /// `503` when too many wait.
    pub async fn verify_and_renew(&self, password: String, hash: Option<String>) -> Result<Verified> {
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
                let _ = reply.send(verify(&password, hash, &mut memory));
            }
            Job::Verify(password, None, reply) => {
                let nobody = NOBODY.get_or_init(|| hash("nobody has this password", &mut memory).ok());
                if let Some(nobody) = nobody {
                    verify(&password, nobody.clone(), &mut memory);
                }
                let _ = reply.send(Verified::default());
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

/// A weak hash is worked on as long as a new one takes, whether the password fits or not: the time does not tell that
/// there is an account.
fn verify(password: &str, hash: String, memory: &mut Memory) -> Verified {
    let one = in_one_form(password);
    let mut is = |password: &str| is_of(password, &hash, memory).unwrap_or(false);
    let fits_in_one_form = is(&one);
    // Hashes from before passwords were brought into one form are of what was typed then.
    let fits = fits_in_one_form || (one != password && is(password));
    let is_to_be_renewed = is_weak(&hash) || (fits && !fits_in_one_form);
    let renewed = is_to_be_renewed.then(|| self::hash(&one, memory).ok()).flatten();
    let renewed = renewed.filter(|_| fits).map(|to| Renewed { from: hash, to });
    Verified { fits, renewed }
}

/// Whether a hash took less work than one made today. One that cannot be read fits nothing, and is none to renew.
fn is_weak(hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else {
        return false;
    };
    let today = argon2();
    let params = Params::try_from(&hash).ok();
    let is_as_good = params
        .is_some_and(|params| params.m_cost() >= today.params().m_cost() && params.t_cost() >= today.params().t_cost());
    let version = u32::from(Version::V0x13);
    !is_as_good || hash.algorithm != Algorithm::Argon2id.ident() || hash.version != Some(version)
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
        let fits = |password: &str, kept: &str, memory: &mut Memory| verify(password, kept.into(), memory).fits;
        let kept = hash(&in_one_form("cafe\u{301} creme\u{a0}bru\u{302}le\u{301}e"), &mut memory).unwrap();
        assert!(fits("caf\u{e9} creme br\u{fb}l\u{e9}e", &kept, &mut memory));
        assert!(
            !fits("Caf\u{e9} creme br\u{fb}l\u{e9}e", &kept, &mut memory)
                && !fits("cafe creme brulee", &kept, &mut memory)
        );
        let as_typed = hash("cafe\u{301} creme", &mut memory).unwrap();
        assert!(fits("cafe\u{301} creme", &as_typed, &mut memory));
    }

    #[test]
    fn only_a_weaker_hash_is_renewed_and_only_for_the_right_password() {
        let mut memory = Memory::new();
        let salt = SaltString::generate(&mut OsRng);
        let weak = |algorithm: Algorithm, cost: (u32, u32)| {
            let params = Params::new(cost.0, cost.1, 1, None).unwrap();
            let argon2 = Argon2::new(algorithm, Version::V0x13, params);
            argon2::PasswordHasher::hash_password(&argon2, b"weaver lamp orbit", &salt)
                .unwrap()
                .to_string()
        };
        for weak in [
            weak(Algorithm::Argon2id, (8 * 1024, 2)),
            weak(Algorithm::Argon2id, (19 * 1024, 1)),
            weak(Algorithm::Argon2i, (19 * 1024, 2)),
        ] {
            let verified = verify("weaver lamp orbit", weak.clone(), &mut memory);
            let renewed = verified.renewed.unwrap();
            assert_eq!((verified.fits, &renewed.from), (true, &weak));
            assert!(!is_weak(&renewed.to) && verify("weaver lamp orbit", renewed.to, &mut memory).fits);
            let wrong = verify("weaver lamp orbits", weak, &mut memory);
            assert!(!wrong.fits && wrong.renewed.is_none());
        }
        let strong = weak(Algorithm::Argon2id, (20 * 1024, 3));
        let verified = verify("weaver lamp orbit", strong, &mut memory);
        assert!(verified.fits && verified.renewed.is_none());
        let as_typed = hash("cafe\u{301} creme", &mut memory).unwrap();
        let renewed = verify("cafe\u{301} creme", as_typed, &mut memory).renewed.unwrap();
        assert!(verify("caf\u{e9} creme", renewed.to, &mut memory).renewed.is_none());
        assert!(!verify("weaver lamp orbit", "none".into(), &mut memory).fits);
    }
}
