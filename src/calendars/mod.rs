//! Calendar feeds: what takes place, as calendar programs subscribe to it. A feed shows what its owner may see at the
//! moment it is read, and nothing once they have no account.

pub(crate) mod actions;
pub mod http;
pub(crate) mod model;
pub(crate) mod revisions;
mod rules;
pub(crate) mod store;
