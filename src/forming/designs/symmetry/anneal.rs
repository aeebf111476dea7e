//! Simulated annealing of base rounds under a prescribed [`Symmetry`].
//!
//! The objective R = Σ C(m, 2) is kept per orbit of pairs: with |G| elements a swap in one base
//! round is a swap in all its images, so the search is |G| times smaller than the schedule.
//! Rounds with a stabiliser stay invariant under it: their moves swap two orbits of people.
#![expect(
    clippy::indexing_slicing,
    reason = "tables indexed by people, seats and orbits, laid out by the constructor"
)]

use std::sync::LazyLock;

use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::bits::members;
use crate::designs::symmetry::action::{Permutation, RoundOrbit, Rounds, Symmetry, image_mask};
use crate::designs::symmetry::partition;

/// One move in so many of a round with a stabiliser divides teams anew, and what it costs for each of their people.
const RESHAPINGS: u32 = 256;
const RESHAPING: u64 = 4;

/// Base rounds whose orbits lie alike, and what a pair in one of them adds to its orbit.
struct Class<'a> {
    orbit: &'a RoundOrbit,
    /// Per orbit, |G| times the mean number of meetings of its pairs that one seat-mate pair stands for.
    step: Vec<i32>,
}

/// A base round: its teams are consecutive seats.
struct Base {
    class: usize,
    seat: Vec<u16>,
    place: Vec<u16>,
    span: Vec<(u16, u16)>,
}

/// Base rounds under a symmetry, and the meetings they amount to.
pub struct Annealer<'a> {
    symmetry: &'a Symmetry,
    classes: Vec<Class<'a>>,
    bases: Vec<Base>,
    /// |G|·m for every orbit of pairs.
    met: Vec<i32>,
    /// 2·|G|·R.
    cost: i64,
    swaps: Vec<(u16, u16)>,
    parted: Vec<u16>,
    joined: Vec<u16>,
    noise: Noise,
    rng: ChaCha8Rng,
}

impl<'a> Annealer<'a> {
    /// Random base rounds, each given by its team sizes and its orbit; `None` if none was found.
    pub fn new(symmetry: &'a Symmetry, rounds: &[(&[usize], &'a RoundOrbit)], rng: &mut ChaCha8Rng) -> Option<Self> {
        let noise = Noise(rng.next_u64());
        let met = vec![0; symmetry.size.len()];
        let mut all = Self {
            symmetry,
            classes: Vec::new(),
            bases: Vec::new(),
            met,
            cost: 0,
            swaps: Vec::new(),
            parted: Vec::new(),
            joined: Vec::new(),
            noise,
            rng: ChaCha8Rng::from_rng(rng),
        };
        for &(sizes, orbit) in rounds {
            let seat = partition::invariant(orbit, sizes, &mut all.rng)?;
            let class = all.class(orbit);
            all.add(seat, sizes, class);
        }
        all.cost = 2 * all.symmetry.order as i64 * all.repeats() as i64;
        Some(all)
    }

    fn class(&mut self, orbit: &'a RoundOrbit) -> usize {
        let known = self.classes.iter().position(|class| std::ptr::eq(class.orbit, orbit));
        known.unwrap_or_else(|| {
            let all = (self.symmetry.order * orbit.images.len()) as i32;
            let step = self.symmetry.size.iter().map(|&size| all / size as i32).collect();
            self.classes.push(Class { orbit, step });
            self.classes.len() - 1
        })
    }

    fn add(&mut self, seat: Vec<u16>, sizes: &[usize], class: usize) {
        let mut place = vec![0; seat.len()];
        for (i, &p) in seat.iter().enumerate() {
            place[p as usize] = i as u16;
        }
        let mut span = Vec::with_capacity(seat.len());
        for &size in sizes {
            let start = span.len();
            span.extend(std::iter::repeat_n((start as u16, (start + size) as u16), size));
        }
        for (i, &a) in seat.iter().enumerate() {
            for &b in &seat[i + 1..span[i].1 as usize] {
                let orbit = self.symmetry.orbit[a as usize * self.symmetry.n + b as usize] as usize;
                self.met[orbit] += self.classes[class].step[orbit];
            }
        }
        self.bases.push(Base {
            class,
            seat,
            place,
            span,
        });
    }

    /// R = Σ over pairs of C(m, 2) of the whole schedule.
    pub fn repeats(&self) -> u64 {
        let order = self.symmetry.order as i64;
        let orbits = self.met.iter().zip(&self.symmetry.size);
        orbits
            .map(|(&met, &size)| {
                let m = met as i64 / order;
                (size as i64 * m * (m - 1) / 2) as u64
            })
            .sum()
    }

    /// Anneals from temperature `hot` to `cold` (one is the price of one repeat of a whole orbit of pairs) for about
    /// `moves` moves, stopping at `target` repeats; the work done, in moves of two people.
    pub fn run(&mut self, moves: u64, hot: f64, cold: f64, target: u64) -> u64 {
        const CHUNK: u64 = 128;
        let order = self.symmetry.order as i64;
        let goal = 2 * order * target as i64;
        let unit = (2 * order * order) as f64;
        let mut work = 0;
        while work < moves {
            let t = unit * hot * (cold / hot).powf(work as f64 / moves as f64);
            for _ in 0..CHUNK {
                work += self.step(t);
                if self.cost <= goal {
                    return work;
                }
            }
        }
        work
    }

    #[inline]
    fn step(&mut self, t: f64) -> u64 {
        let (r, i, j, luck) = self.noise.draw(self.bases.len(), self.symmetry.n);
        let base = &self.bases[r];
        if base.span[i] == base.span[j] {
            return 1;
        }
        let limit = (t * luck) as i64;
        if self.classes[base.class].orbit.stabiliser.len() > 1 {
            return if self.rng.random_ratio(1, RESHAPINGS) {
                self.try_reshaping(r, i, j, limit)
            } else {
                self.try_orbits(r, i, j, limit)
            };
        }
        if let Some(delta) = self.swap(r, i, j, limit) {
            self.cost += delta;
        }
        1
    }

    /// Swaps the people on two seats of different teams unless that costs more than `limit`; the change of cost.
    #[inline]
    fn swap(&mut self, r: usize, i: usize, j: usize, limit: i64) -> Option<i64> {
        let n = self.symmetry.n;
        let base = &mut self.bases[r];
        let (a, b) = (base.seat[i] as usize, base.seat[j] as usize);
        let Class { step, orbit } = &self.classes[base.class];
        let images = orbit.images.len() as i64;
        let rows = [
            &self.symmetry.orbit[a * n..(a + 1) * n],
            &self.symmetry.orbit[b * n..(b + 1) * n],
        ];
        self.parted.clear();
        self.joined.clear();
        for (seat, own, other) in [(i, rows[0], rows[1]), (j, rows[1], rows[0])] {
            let (start, end) = base.span[seat];
            for k in start as usize..end as usize {
                if k != seat {
                    let mate = base.seat[k] as usize;
                    self.parted.push(own[mate]);
                    self.joined.push(other[mate]);
                }
            }
        }
        let limit = limit / images;
        let delta = exchange(&mut self.met, step, &self.parted, &self.joined, limit)?;
        base.seat.swap(i, j);
        base.place[a] = j as u16;
        base.place[b] = i as u16;
        Some(delta * images)
    }

    /// Swaps two orbits of people under the stabiliser of a round, point by point.
    fn try_orbits(&mut self, r: usize, i: usize, j: usize, limit: i64) -> u64 {
        let base = &self.bases[r];
        let (a, b) = (base.seat[i] as usize, base.seat[j] as usize);
        let mut swaps = std::mem::take(&mut self.swaps);
        let mut work = 1;
        if matching(&self.classes[base.class].orbit.stabiliser, a, b, &mut swaps) {
            let delta = self.swap_all(r, &swaps);
            if delta > limit {
                self.swap_all(r, &swaps);
            } else {
                self.cost += delta;
            }
            work += swaps.len() as u64;
        }
        self.swaps = swaps;
        work
    }

    fn swap_all(&mut self, r: usize, swaps: &[(u16, u16)]) -> i64 {
        let mut delta = 0;
        for &(a, b) in swaps {
            let base = &self.bases[r];
            let (i, j) = (base.place[a as usize] as usize, base.place[b as usize] as usize);
            if base.span[i] != base.span[j] {
                delta += self.swap(r, i, j, i64::MAX).unwrap_or(0);
            }
        }
        delta
    }

    /// Divides the people of some teams and their images under the stabiliser anew. Swaps of orbits keep how the
    /// stabiliser permutes the teams; this changes it.
    fn try_reshaping(&mut self, r: usize, i: usize, j: usize, limit: i64) -> u64 {
        let third = self
            .rng
            .random::<bool>()
            .then(|| self.rng.random_range(0..self.symmetry.n));
        let base = &self.bases[r];
        let orbit = self.classes[base.class].orbit;
        let chosen = [Some(i), Some(j), third]
            .into_iter()
            .flatten()
            .fold(0, |all, seat| all | base.team(seat));
        let set = orbit.stabiliser.iter().fold(0, |all, g| all | image_mask(g, chosen));
        let spans: Vec<(u16, u16)> = base
            .spans()
            .filter(|&(start, _)| set >> base.seat[usize::from(start)] & 1 == 1)
            .collect();
        let sizes: Vec<usize> = spans.iter().map(|&(start, end)| usize::from(end - start)).collect();
        let mut people: Vec<u16> = members(set).map(|p| p as u16).collect();
        let work = RESHAPING * people.len() as u64;
        if let Some(teams) = partition::divide(orbit, &mut people, &sizes, &mut self.rng) {
            self.parted.clear();
            self.joined.clear();
            for (&(start, _), &team) in spans.iter().zip(&teams) {
                pairs_of(self.symmetry, base.team(usize::from(start)), &mut self.parted);
                pairs_of(self.symmetry, team, &mut self.joined);
            }
            let (step, images) = (&self.classes[base.class].step, orbit.images.len() as i64);
            if let Some(delta) = exchange(&mut self.met, step, &self.parted, &self.joined, limit / images) {
                self.cost += delta * images;
                self.bases[r].seat_anew(&spans, &teams);
            }
        }
        work
    }

    /// The whole schedule: the images of every base round, each a list of teams.
    pub fn rounds(&self) -> Rounds {
        let of = |base: &Base| -> Rounds {
            let images = self.classes[base.class].orbit.images.iter();
            images
                .map(|g| base.teams().map(|team| image(g, team)).collect())
                .collect()
        };
        self.bases.iter().flat_map(of).collect()
    }
}

fn image(g: &Permutation, team: &[u16]) -> Vec<u16> {
    team.iter().map(|&p| g[p as usize]).collect()
}

impl Base {
    /// From which to before which seat each team goes.
    fn spans(&self) -> impl Iterator<Item = (u16, u16)> {
        self.span
            .chunk_by(|a, b| a == b)
            .filter_map(|same| same.first().copied())
    }

    fn teams(&self) -> impl Iterator<Item = &[u16]> {
        self.spans()
            .map(|(start, end)| &self.seat[usize::from(start)..usize::from(end)])
    }

    /// The people of a seat's team.
    fn team(&self, seat: usize) -> u128 {
        let (start, end) = self.span[seat];
        let people = &self.seat[usize::from(start)..usize::from(end)];
        people.iter().fold(0, |all, &p| all | 1 << p)
    }

    fn seat_anew(&mut self, spans: &[(u16, u16)], teams: &[u128]) {
        for (&(start, _), &team) in spans.iter().zip(teams) {
            for (seat, p) in (start..).zip(members(team)) {
                self.seat[usize::from(seat)] = p as u16;
                self.place[p] = seat;
            }
        }
    }
}

/// The orbits of all pairs of a team.
fn pairs_of(symmetry: &Symmetry, team: u128, orbits: &mut Vec<u16>) {
    for a in members(team) {
        let row = &symmetry.orbit[a * symmetry.n..][..symmetry.n];
        orbits.extend(members(team & ((1 << a) - 1)).map(|b| row[b]));
    }
}

/// The pairs (g·a, g·b): true if they are a matching of two whole orbits, so that swapping them keeps invariance.
fn matching(group: &[Permutation], a: usize, b: usize, swaps: &mut Vec<(u16, u16)>) -> bool {
    swaps.clear();
    for g in group {
        let (x, y) = (g[a], g[b]);
        if swaps.contains(&(x, y)) || swaps.contains(&(y, x)) {
            continue;
        }
        if swaps.iter().any(|&(u, v)| u == x || v == y || u == y || v == x) {
            return false;
        }
        swaps.push((x, y));
    }
    true
}

/// Parts one pair of each orbit in `parted` and joins one of each in `joined`; the change of cost, or `None` and
/// nothing done if it exceeds `limit`. Joining never pays, so that is known as soon as the sum does.
#[inline]
fn exchange(met: &mut [i32], step: &[i32], parted: &[u16], joined: &[u16], limit: i64) -> Option<i64> {
    let mut delta = 0;
    for &orbit in parted {
        let s = step[orbit as usize];
        let m = &mut met[orbit as usize];
        *m -= s;
        delta -= i64::from(2 * *m + s);
    }
    for (done, &orbit) in joined.iter().enumerate() {
        let s = step[orbit as usize];
        let m = &mut met[orbit as usize];
        delta += i64::from(2 * *m + s);
        *m += s;
        if delta > limit {
            joined[..=done]
                .iter()
                .for_each(|&o| met[o as usize] -= step[o as usize]);
            parted.iter().for_each(|&o| met[o as usize] += step[o as usize]);
            return None;
        }
    }
    Some(delta)
}

/// SplitMix64 (Steele, Lea and Flood 2014), seeded from the caller's generator.
struct Noise(u64);

/// −ln of the midpoints of 1024 equal parts of (0, 1).
static LUCK: LazyLock<Vec<f64>> = LazyLock::new(|| (0..1024).map(|i| -((f64::from(i) + 0.5) / 1024.0).ln()).collect());

impl Noise {
    /// A round, two seats and −ln of a uniform number.
    #[inline]
    fn draw(&mut self, rounds: usize, seats: usize) -> (usize, usize, usize, f64) {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        let below = |shift: u32, n: usize| (((z >> shift) & 0xFFFF) as usize * n) >> 16;
        (
            below(0, rounds),
            below(16, seats),
            below(32, seats),
            LUCK[(z >> 54) as usize],
        )
    }
}
