//! What is asked of the servers.

use std::sync::Arc;

use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;

use super::{data::Places, load::Ask};

/// Weeks of a cohort.
const WEEKS: i32 = 16;
/// A page of 20 students has this many names: 20 is the whole of a cohort, and so is more.
const LIMITS: std::ops::RangeInclusive<usize> = 20..=100;
/// Of the mix one in so many is a write.
const ONE_WRITE_IN: usize = 10;
/// Requests of the mix.
const MIX: usize = 400_000;
/// Different weeks of those that are read again and again.
const AGAIN: usize = 2_400;

/// Something to measure.
#[derive(Clone)]
pub struct Scenario {
    pub name: &'static str,
    pub about: &'static str,
    pub asks: Arc<[Ask]>,
    /// Ask again from the beginning, or each only once.
    pub again: bool,
    /// On servers that have just started, so that nothing of it has been read before.
    pub first: bool,
    /// Whether it changes the data: then each run goes on where the one before it ended.
    pub writes: bool,
    /// On a disk on which every fsync takes a millisecond longer.
    pub slow_disk: bool,
}

fn shuffled(mut asks: Vec<Ask>) -> Arc<[Ask]> {
    asks.shuffle(&mut ChaCha8Rng::seed_from_u64(1));
    asks.into()
}

fn weeks(places: &Places) -> Vec<Ask> {
    let week =
        |number| move |(token, id): &(usize, _)| Ask::get(format!("/v1/cohorts/{id}/weeks/{number}/teams"), *token);
    (1..=WEEKS)
        .flat_map(|number| places.own.iter().map(week(number)))
        .collect()
}

fn sign_ups(places: &Places) -> Vec<Ask> {
    let ask = |(token, id): &(usize, _)| Ask::post(format!("/v1/mentor-slots/{id}/sign-ups"), *token, None);
    shuffled(places.open.iter().map(ask).collect()).to_vec()
}

/// Everything that is measured, with so many tokens of staff.
pub fn all(places: &Places, staff: usize) -> Vec<Scenario> {
    let (reads, mut writes) = (weeks(places), sign_ups(places));
    let for_the_mix = writes.split_off(writes.len() * 2 / 3);
    let for_the_slow_disk = writes.split_off(writes.len() * 3 / 4);
    let cohort = |(at, id)| Ask::get(format!("/v1/cohorts/{id}"), at % staff.max(1));
    let page =
        |limit| move |(token, id): &(usize, _)| Ask::get(format!("/v1/cohorts/{id}/enrolments?limit={limit}"), *token);
    let scenario = |name, about, asks| Scenario {
        name,
        about,
        asks,
        again: false,
        first: false,
        writes: false,
        slow_disk: false,
    };
    let again = shuffled(reads.clone()).iter().take(AGAIN).cloned().collect();
    vec![
        Scenario {
            first: true,
            ..scenario(
                "R1",
                "a cohort, first read",
                shuffled(places.cohorts.iter().enumerate().map(cohort).collect()),
            )
        },
        Scenario {
            first: true,
            ..scenario(
                "R2",
                "a week's teams with their members, first read",
                shuffled(reads.clone()),
            )
        },
        Scenario {
            again: true,
            ..scenario("R2 again", "the same, unchanged since it was last read", again)
        },
        Scenario {
            first: true,
            ..scenario(
                "R3",
                "a page of 20 students, first read",
                shuffled(LIMITS.flat_map(|limit| places.own.iter().map(page(limit))).collect()),
            )
        },
        Scenario {
            writes: true,
            ..scenario(
                "W1",
                "a mentor's sign-up with its capacity check, durable",
                writes.into(),
            )
        },
        Scenario {
            writes: true,
            slow_disk: true,
            ..scenario(
                "W1 slow",
                "the same where each fsync takes 1 ms more",
                for_the_slow_disk.into(),
            )
        },
        Scenario {
            writes: true,
            ..scenario("MIX", "90 % R2 over all cohorts, 10 % W1", mix(reads, for_the_mix))
        },
    ]
}

fn mix(reads: Vec<Ask>, writes: Vec<Ask>) -> Arc<[Ask]> {
    let reads = shuffled(reads);
    let mut reads = reads.iter().cycle();
    let mut writes = writes.into_iter();
    let next = |place| match place % ONE_WRITE_IN {
        0 => writes.next(),
        _ => reads.next().cloned(),
    };
    (0..MIX).map_while(next).collect()
}
