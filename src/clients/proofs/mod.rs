//! Proofs about clients, the work for them and their briefs. Their fields are private to their files: whoever holds one was permitted.

mod briefs;
mod clients;

pub use briefs::{BriefCandidate, BriefKeeper, BriefReader, RefusalEnd, SeenBrief};
pub use clients::{ClientApplicant, ClientKeeper, ProductVoter, SeenClient, SeenDemoDay, SeenWork, WorkKeeper};
