//! The team former against an oracle that tries everything, against what is known, and against bad
//! input.
#![cfg(test)]

mod conflicts;
mod independent;
mod input;
mod known;
mod oracle;
mod people;
mod quality;
mod roles;
mod spacing;
mod support;
