//! Composed reads: what a student's front page, a week's board and a facilitator's Monday show, each in one answer. It asks
//! the other features for what they let the caller read, stores nothing and writes nothing.

pub mod http;
mod model;
mod reads;
mod rules;
