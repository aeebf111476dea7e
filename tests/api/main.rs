//! The API over HTTP, on every database: one binary, one server and one database a test.

#![cfg(test)]

mod accounts;
mod campuses;
mod cohorts;
mod harness;
mod mentoring;
mod programmes;
mod students;
mod teams;
