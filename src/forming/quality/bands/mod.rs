//! What makes teams of one round good, beyond who has met whom: one file a rule.
//!
//! Rules are tolerance bands, counted, never variances summed into the objective: with equal sizes
//! and nobody absent the squared imbalance of a whole plan follows from the meeting matrix alone
//! (each pair of people contributes its product as often as it meets), so perfect mixing and
//! minimal variance exclude each other. Bands leave mixing alone.

pub(crate) mod balance;
pub(crate) mod experience;
pub(crate) mod experienced_member;
pub(crate) mod group;
pub(crate) mod majority;
pub(crate) mod minority;
