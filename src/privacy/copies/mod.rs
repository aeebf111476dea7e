//! Copies of what is stored: all about a person, all that belongs to a campus. A file for each feature declares the rows of
//! its tables, the sections that they make, and what a copy leaves out of them.

mod account;
mod admissions;
mod briefs;
mod campus;
mod campuses;
mod careers;
mod checklists;
mod clients;
mod cohorts;
mod document;
mod events;
mod mentoring;
mod pastoral;
mod person;
mod products;
mod programmes;
mod reflection;
mod retros;
mod rows;
mod service;
mod students;
mod teams;
mod work;

pub use campus::{CAMPUS_DATA, CampusData, LEFT_OUT, write_campus_data};
pub use person::{EXPORTED, Export, WITHHELD};
