//! Who has which role: rotated as evenly as can be once the teams are fixed.
//!
//! Cut each person's attendances into blocks of k (k being the number of roles) and each team into
//! groups of at most k. Joining a person's block to the groups it is part of gives a bipartite graph
//! of degree at most k, and such a graph has a proper edge colouring in k colours (König 1916). So
//! there always are roles such that nobody repeats one inside a block and every team covers as many
//! roles as it has members. A short search then removes what is left at the seams between blocks and
//! after an uneven past, without ever giving up a team's coverage. Roles are as even after every round
//! as can be, not at the end alone: whatever comes between, such as an absence, finds everybody with
//! about as much of each.

mod assignment;
mod chains;
mod colouring;
pub(crate) mod given;
pub(crate) mod needs;
pub(crate) mod rotate;
pub(crate) mod state;
pub(crate) mod weights;
