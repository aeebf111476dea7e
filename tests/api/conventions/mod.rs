//! What `docs/api.md` promises of every operation.

mod base;
mod browsers;
mod console;
mod database;
mod documents;
mod filters;
mod limits;
mod openapi;
mod pages;
mod requests;
mod retries;
mod text;
mod unchanged;
