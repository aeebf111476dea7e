//! What a feature says of a kind of job.

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    authz::Actor,
    db::Conn,
    error::Result,
    primitives::{Id, Instant},
};

/// What a job is asked to do, as it is stored until its turn comes.
pub trait JobRequest: Serialize + DeserializeOwned {
    /// The kind of job that does it: a word that callers see and that never changes.
    const KIND: &'static str;
}

/// How a kind of job is done: in three steps, of which only the second takes long. Each step may be done again
/// from the beginning, in another process.
pub trait Task: 'static {
    /// What it is asked to do.
    type Request: JobRequest;
    /// What the long step works on.
    type Input: Clone + Send + Sync + 'static;
    /// What the long step finds.
    type Output: Clone + Send + Sync + 'static;
    /// What callers read while the long step runs.
    type Progress: Clone + Serialize + JsonSchema + Send + 'static;
    /// What callers read of a job that has succeeded.
    type Result: Serialize + JsonSchema;

    /// Reads what the work needs, as things are when the job begins.
    ///
    /// # Errors
    /// What the job then fails with.
    fn prepare(conn: &mut Conn, actor: &Actor, cohort: Id, request: &Self::Request) -> Result<Self::Input>;

    /// Does the work, without a database. Once `report` has returned false, the best so far is taken.
    ///
    /// # Errors
    /// What the job then fails with.
    fn run(input: &Self::Input, report: &mut dyn FnMut(Self::Progress) -> bool) -> Result<Self::Output>;

    /// Saves what was found, if it still fits things as they are now.
    ///
    /// # Errors
    /// What the job then fails with.
    fn save(
        conn: &mut Conn,
        actor: &Actor,
        input: &Self::Input,
        output: &Self::Output,
        now: Instant,
    ) -> Result<Self::Result>;
}
