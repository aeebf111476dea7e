//! What `docs/api.md` promises of every operation.

mod browsers;
mod documents;
mod limits;
mod openapi;
mod pages;
mod requests;
mod retries;
