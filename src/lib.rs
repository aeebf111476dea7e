//! `peerled` runs a peer-led bootcamp: campuses, programmes, cohorts, weekly teams, mentors.
//!
//! | room | what is in it |
//! |---|---|
//! | [`cli`], [`config`], [`app`] | from the command line to a running server |
//! | [`state`] | what every request can reach |
//! | [`routes`] | THE table: every operation, declared once |
//! | [`web`] | HTTP for all of them: parsing, answers, problems, limits, OpenAPI |
//! | [`accounts`], [`campuses`], [`programmes`], [`cohorts`], [`students`], [`team_plans`], [`teams`], [`mentoring`], [`work`], [`retros`], [`reflection`], [`events`], [`calendars`], [`jobs`], [`audit_trail`], [`privacy`], [`changes`], [`notifications`], [`webhooks`], [`pastoral`], [`checklists`], [`admissions`], [`clients`], [`careers`] | the features, each with the same rooms: `http`, `actions`, `rules`, `model`, `store` |
//! | [`board`] | what a page needs of several features, composed of their reads |
//! | [`pictures`] | encounters, plans and trade-offs as SVG |
//! | [`authz`] | who may do what, and the proof of it |
//! | [`db`] | the two databases behind one door |
//! | [`outbox`] | what happened, handed to consumers after the commit |
//! | [`mail`], [`telemetry`], [`metrics`] | what leaves the process |
//! | [`providers`] | identity providers, asked who somebody is |
//! | [`audit`] | who did what to which object |
//! | [`solver_pool`], [`queue`], [`notifier`] | threads for long computing; the way of work to threads; waking a task |
//! | [`primitives`], [`error`] | what everything is made of |

#![forbid(unsafe_code)]

pub mod accounts;
pub mod admissions;
pub mod app;
pub mod audit;
pub mod audit_trail;
pub mod authz;
pub mod board;
pub mod calendars;
pub mod campuses;
pub mod careers;
pub mod changes;
pub mod checklists;
pub mod cli;
pub mod clients;
pub mod cohorts;
pub mod config;
pub mod db;
pub mod error;
pub mod events;
mod files;
pub mod jobs;
pub mod mail;
pub mod mentoring;
pub mod metrics;
pub mod notifications;
pub mod notifier;
pub mod outbox;
pub mod pastoral;
pub mod pictures;
pub mod primitives;
pub mod privacy;
pub mod programmes;
pub mod providers;
pub mod queue;
pub mod reflection;
pub mod retros;
pub mod routes;
pub mod solver_pool;
pub mod state;
pub mod students;
pub mod team_plans;
pub mod teams;
pub mod telemetry;
pub mod tries;
pub mod web;
mod webauthn;
pub mod webhooks;
pub mod work;
