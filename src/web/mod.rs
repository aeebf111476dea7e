//! HTTP, once for all operations: what a call brings, how it is answered, and everything that the
//! conventions in `docs/api.md` promise, so that a feature's handlers are a few lines each.

mod accept;
mod answer;
mod audience;
mod body;
mod call;
mod callers;
mod cursors;
mod declare;
mod dispatch;
mod docs;
mod frame;
mod headers;
mod idempotency;
mod incoming;
mod json;
mod kept;
mod limits;
mod mount;
mod openapi;
mod operation;
mod outgoing;
mod overload;
mod parameters;
mod request;
mod running;
mod unread;
mod wording;

pub use answer::{Reply, problem_response};
pub use audience::Who;
pub use body::{Body, Csv, Json, NoBody, OptionalJson};
pub use call::{ById, ByPerson, ByWeek, ByWeekAndPerson, Call, NoPath, NoQuery, Number, Origin};
pub use callers::Callers;
pub use declare::{delete, get, patch, post, put};
pub use docs::{documents, metrics_only};
pub use frame::{frame, leave_small_answers};
pub use idempotency::forget_old_keys;
pub use kept::KeptAnswers;
pub use limits::{Account, Limiter, Rate};
pub use mount::{Routes, answer, unknown_path};
pub use openapi::document;
pub use operation::{Operation, Tag};
pub use overload::watch_this_thread;
pub use request::request_id;
pub use running::Running;
