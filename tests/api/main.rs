//! The API over HTTP, on every database: one binary, one server and one database a test.

#![cfg(test)]

mod accounts;
mod admissions;
mod audit;
mod audit_trail;
mod authz_matrix;
mod board;
mod bounds;
mod calendars;
mod campuses;
mod careers;
mod changes;
mod checklists;
mod clients;
mod cohorts;
mod conventions;
mod documents;
mod events;
mod harness;
mod jobs;
mod mail;
mod mentoring;
mod messy_cohort;
mod migrations;
mod notifications;
mod outbox;
mod pastoral;
mod privacy;
mod programmes;
mod reflection;
mod retros;
mod statements;
mod students;
mod sweep;
mod synth;
mod team_plans;
mod teams;
mod upgrades;
mod webhooks;
mod work;
