//! Whose turn it is to be sent something, so that no campus and no receiver that fails or hangs holds up the others.

use std::collections::BTreeMap;

use crate::{primitives::Id, webhooks::model::Webhook};

/// How many requests are under way for a campus at the same time, by all processes.
const OF_CAMPUS: usize = 4;
/// How many are for receivers that took nothing yet or fail, of all campuses together. Each of them has one at most.
const DOUBTFUL: usize = 8;

/// A request that is under way.
#[derive(Clone, Copy, Debug)]
pub struct UnderWay {
    webhook: Id,
    campus: Id,
    is_sound: bool,
}

impl UnderWay {
    /// One for this webhook.
    pub fn of(webhook: &Webhook) -> Self {
        Self {
            webhook: webhook.id,
            campus: webhook.campus_id,
            is_sound: webhook.is_sound(),
        }
    }
}

/// The webhooks for which something is due, and how much is under way.
pub struct Turns {
    waiting: Vec<Webhook>,
    of_webhook: BTreeMap<Id, usize>,
    of_campus: BTreeMap<Id, usize>,
    doubtful: usize,
}

impl Turns {
    /// As it stands now.
    pub fn new(mut waiting: Vec<Webhook>, under_way: &[UnderWay]) -> Self {
        waiting.sort_by_key(|webhook| (webhook.tried_at, webhook.id));
        let mut turns = Self {
            waiting,
            of_webhook: BTreeMap::new(),
            of_campus: BTreeMap::new(),
            doubtful: 0,
        };
        for one in under_way {
            turns.add(*one);
        }
        turns
    }

    fn add(&mut self, one: UnderWay) {
        *self.of_webhook.entry(one.webhook).or_default() += 1;
        *self.of_campus.entry(one.campus).or_default() += 1;
        self.doubtful += usize::from(!one.is_sound);
    }

    /// The webhook whose turn it is: of the campus with the least under way; of those, the one that was sent something
    /// the longest ago. None if nobody has room.
    pub fn next(&self) -> Option<Webhook> {
        let with_room = self.waiting.iter().filter(|webhook| self.has_room(webhook));
        with_room
            .min_by_key(|webhook| (self.at_campus(webhook), self.at(webhook)))
            .cloned()
    }

    fn has_room(&self, webhook: &Webhook) -> bool {
        let may = webhook.is_sound() || (self.at(webhook) == 0 && self.doubtful < DOUBTFUL);
        may && self.at_campus(webhook) < OF_CAMPUS
    }

    fn at(&self, webhook: &Webhook) -> usize {
        self.of_webhook.get(&webhook.id).copied().unwrap_or_default()
    }

    fn at_campus(&self, webhook: &Webhook) -> usize {
        self.of_campus.get(&webhook.campus_id).copied().unwrap_or_default()
    }

    /// It is sent something.
    pub fn sent_to(&mut self, webhook: &Webhook) {
        self.add(UnderWay::of(webhook));
    }

    /// What is due for it has to wait for what is under way.
    pub fn nothing_for(&mut self, webhook: &Webhook) {
        self.waiting.retain(|one| one.id != webhook.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        primitives::{Instant, Url},
        webhooks::model::Events,
    };

    fn at(seconds: u32) -> Instant {
        Instant::parse(&format!("2026-03-02T09:30:{seconds:02}Z")).unwrap()
    }

    fn webhook(campus: Id, tried: Option<u32>, is_sound: bool) -> Webhook {
        Webhook {
            id: Id::new(),
            campus_id: campus,
            url: serde_json::from_str::<Url>("\"https://example.org/\"").unwrap(),
            events: serde_json::from_str::<Events>("[\"campus.updated\"]").unwrap(),
            secret: String::new(),
            old_secret: None,
            old_secret_until: None,
            enabled: true,
            disabled_because: None,
            failing_since: None,
            succeeded_at: is_sound.then(|| at(0)),
            version: 1,
            created_at: at(0),
            updated_at: at(0),
            paused_until: None,
            failures: 0,
            tried_at: tried.map(at),
        }
    }

    /// Who is sent something, if everybody has no end of it.
    fn turns(waiting: &[&Webhook], under_way: &[&Webhook], places: usize) -> Vec<Id> {
        let under_way: Vec<_> = under_way.iter().map(|one| UnderWay::of(one)).collect();
        let mut turns = Turns::new(waiting.iter().map(|one| (*one).clone()).collect(), &under_way);
        let mut sent = Vec::new();
        while sent.len() < places
            && let Some(webhook) = turns.next()
        {
            turns.sent_to(&webhook);
            sent.push(webhook.id);
        }
        sent
    }

    #[test]
    fn campuses_take_turns_and_have_four_places_each() {
        let (one, other) = (Id::new(), Id::new());
        let (a, b) = (webhook(one, Some(1), true), webhook(one, Some(2), true));
        let c = webhook(other, Some(3), true);
        assert_eq!(turns(&[&a, &b, &c], &[], 4), [a.id, c.id, b.id, c.id]);
        assert_eq!(turns(&[&a, &b, &c], &[], 32).len(), 8);
        assert_eq!(turns(&[&a, &b, &c], &[&a, &a, &b, &b], 32), [c.id; 4]);
    }

    #[test]
    fn who_was_sent_something_longest_ago_comes_first() {
        let (one, other) = (Id::new(), Id::new());
        let (late, early) = (webhook(one, Some(9), true), webhook(other, Some(1), true));
        let never = webhook(Id::new(), None, true);
        assert_eq!(turns(&[&late, &early, &never], &[], 3), [never.id, early.id, late.id]);
    }

    #[test]
    fn who_fails_or_is_new_has_one_place_and_leaves_most_places_to_others() {
        let doubtful: Vec<Webhook> = (0..40).map(|_| webhook(Id::new(), None, false)).collect();
        let sound = webhook(Id::new(), Some(9), true);
        let mut waiting: Vec<&Webhook> = doubtful.iter().collect();
        assert_eq!(turns(&waiting[..1], &[], 32).len(), 1);
        assert_eq!(turns(&waiting, &[], 32).len(), DOUBTFUL);
        waiting.push(&sound);
        assert_eq!(turns(&waiting, &waiting[..DOUBTFUL], 32), [sound.id; 4]);
    }

    #[test]
    fn whose_events_wait_for_others_is_passed_over() {
        let (one, other) = (webhook(Id::new(), None, true), webhook(Id::new(), Some(1), true));
        let mut turns = Turns::new(vec![one.clone(), other.clone()], &[]);
        assert_eq!(turns.next().unwrap().id, one.id);
        turns.nothing_for(&one);
        assert_eq!(turns.next().unwrap().id, other.id);
        turns.nothing_for(&other);
        assert!(turns.next().is_none());
    }
}
