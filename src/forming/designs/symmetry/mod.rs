//! Prescribed automorphisms: a group acting on people and rounds at once.
//!
//! People fall into orbits and so do rounds; one base round, fixed by its stabiliser, then stands for a whole orbit of
//! rounds, and all pairs of an orbit of pairs meet equally often. Where good schedules have automorphisms, searching
//! base rounds alone finds in a fraction of a second what a search over whole schedules does not find at all
//! (Kaski and Östergård, *Classification Algorithms for Codes and Designs*, 2006, 9.3; Colbourn and Dinitz, *Handbook
//! of Combinatorial Designs*, II.7 and VI.16).

pub(crate) mod action;
mod anneal;
mod candidate;
mod exact;
pub(crate) mod goal;
mod groups;
mod halving;
mod kinds;
mod partition;
pub(crate) mod portfolio;
pub(crate) mod rotations;
