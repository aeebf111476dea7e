//! Whose turn it is to be sent something, so that no campus and no receiver that fails or hangs holds up the others.

use std::collections::BTreeMap;

use crate::{
    primitives::{Id, Instant},
    webhooks::model::Webhook,
};

/// How many requests are under way for a campus at the same time, by all processes.
const OF_CAMPUS: usize = 4;
/// How many campuses have a request to a receiver that took nothing yet or fails, and one each.
const DOUBTFUL: usize = 8;
/// How many places of a process are kept for campuses that have nothing under way.
const KEPT: usize = 8;
/// How many of those are kept for their sound webhooks.
const KEPT_FOR_SOUND: usize = 4;

/// What takes turns: the sound webhooks of a campus, or its doubtful ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    campus: Id,
    is_sound: bool,
}

impl Share {
    /// The one that this webhook belongs to.
    pub fn of(webhook: &Webhook) -> Self {
        Self {
            campus: webhook.campus_id,
            is_sound: webhook.is_sound(),
        }
    }
}

/// When a webhook of each share was last sent something.
pub type Tries = BTreeMap<Share, Instant>;

/// A request that is under way.
#[derive(Clone, Copy, Debug)]
pub struct UnderWay {
    webhook: Id,
    share: Share,
}

impl UnderWay {
    /// One for this webhook.
    pub fn of(webhook: &Webhook) -> Self {
        Self {
            webhook: webhook.id,
            share: Share::of(webhook),
        }
    }
}

/// The webhooks for which something is due, and how much is under way.
pub struct Turns {
    waiting: Vec<Webhook>,
    tried: Tries,
    of_webhook: BTreeMap<Id, usize>,
    of_share: BTreeMap<Share, usize>,
    room: usize,
    now: Instant,
}

impl Turns {
    /// As it stands now, with room for so many more requests of this process. `tried` remembers webhooks for which nothing is
    /// due at present, or which are gone.
    pub fn new(
        mut waiting: Vec<Webhook>,
        under_way: &[UnderWay],
        mut tried: Tries,
        (room, now): (usize, Instant),
    ) -> Self {
        waiting.sort_by_key(|webhook| (webhook.tried_at, webhook.id));
        for webhook in &waiting {
            if let Some(at) = webhook.tried_at {
                let last = tried.entry(Share::of(webhook)).or_insert(at);
                *last = at.max(*last);
            }
        }
        let mut turns = Self {
            waiting,
            tried,
            of_webhook: BTreeMap::new(),
            of_share: BTreeMap::new(),
            room,
            now,
        };
        for one in under_way {
            turns.add(*one);
        }
        turns
    }

    fn add(&mut self, one: UnderWay) {
        *self.of_webhook.entry(one.webhook).or_default() += 1;
        *self.of_share.entry(one.share).or_default() += 1;
    }

    /// The webhook whose turn it is: of the share with the least under way; of those, the one that was sent something the
    /// longest ago; and within it likewise. None if nobody has room.
    pub fn next(&self) -> Option<Webhook> {
        let with_room = self.waiting.iter().filter(|webhook| self.has_room(webhook));
        let turn = |webhook: &&Webhook| {
            let share = Share::of(webhook);
            (self.at_share(share), self.tried.get(&share).copied(), self.at(webhook))
        };
        with_room.min_by_key(turn).cloned()
    }

    fn has_room(&self, webhook: &Webhook) -> bool {
        let share = Share::of(webhook);
        let may = share.is_sound || (self.at_share(share) == 0 && self.doubtful() < DOUBTFUL);
        may && self.at_campus(share.campus) < OF_CAMPUS && self.room > self.kept_from(share)
    }

    /// How many places are not for this one. Receivers that take their time, of however many campuses, fill the others.
    fn kept_from(&self, share: Share) -> usize {
        match (self.at_campus(share.campus), share.is_sound) {
            (0, true) => 0,
            (0, false) => KEPT_FOR_SOUND,
            _ => KEPT,
        }
    }

    fn at(&self, webhook: &Webhook) -> usize {
        self.of_webhook.get(&webhook.id).copied().unwrap_or_default()
    }

    fn at_share(&self, share: Share) -> usize {
        self.of_share.get(&share).copied().unwrap_or_default()
    }

    fn at_campus(&self, campus: Id) -> usize {
        let shares = [true, false].map(|is_sound| self.at_share(Share { campus, is_sound }));
        shares.iter().sum()
    }

    /// How many campuses have a request to a doubtful one under way. A sound one that fails meanwhile may have had several.
    fn doubtful(&self) -> usize {
        self.of_share.keys().filter(|share| !share.is_sound).count()
    }

    /// It is sent something.
    pub fn sent_to(&mut self, webhook: &Webhook) {
        self.add(UnderWay::of(webhook));
        self.room = self.room.saturating_sub(1);
        self.tried.insert(Share::of(webhook), self.now);
    }

    /// What is due for it has to wait for what is under way.
    pub fn nothing_for(&mut self, webhook: &Webhook) {
        self.waiting.retain(|one| one.id != webhook.id);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        primitives::Url,
        webhooks::model::{Events, SHAKY},
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

    /// Who is sent something with room for so many requests, if everybody has no end of it.
    fn turns(waiting: &[&Webhook], under_way: &[&Webhook], room: usize) -> Vec<Id> {
        let under_way: Vec<_> = under_way.iter().map(|one| UnderWay::of(one)).collect();
        let waiting = waiting.iter().map(|one| (*one).clone()).collect();
        let mut turns = Turns::new(waiting, &under_way, Tries::new(), (room, at(59)));
        let mut sent = Vec::new();
        while let Some(webhook) = turns.next() {
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
        let all = turns(&[&a, &b, &c], &[], 32);
        assert_eq!((&all[..4], all.len()), (&[a.id, c.id, b.id, c.id][..], 8));
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
    fn doubtful_webhooks_take_turns_by_campus_however_many_a_campus_has() {
        let many = |campus| (0..20).map(move |number| webhook(campus, (number > 0).then_some(2), false));
        let (busy, other) = (Id::new(), Id::new());
        let last = webhook(other, Some(1), false);
        let all: Vec<Webhook> = many(busy).chain([last.clone()]).collect();
        let all: Vec<&Webhook> = all.iter().collect();
        assert_eq!(turns(&all, &[], 32), [last.id, all[0].id], "one of a campus at a time");
        assert_eq!(turns(&all, &[all[5]], 32), [last.id]);
        // Nor does a campus come first that was sent something for a webhook that it has deleted since.
        let (gone, new) = (webhook(busy, None, false), webhook(busy, None, false));
        let tried = Tries::from([(Share::of(&gone), at(3))]);
        let turns = Turns::new(vec![new, last.clone()], &[], tried, (32, at(59)));
        assert_eq!(turns.next().unwrap().id, last.id);
    }

    #[test]
    fn sound_requests_of_a_campus_do_not_delay_its_doubtful_ones() {
        let (busy, other) = (Id::new(), Id::new());
        let (sound, doubtful) = (webhook(busy, Some(9), true), webhook(busy, Some(1), false));
        let hanging = webhook(other, Some(5), false);
        assert_eq!(turns(&[&doubtful, &hanging], &[&sound], 9), [doubtful.id, hanging.id]);
    }

    #[test]
    fn some_places_are_kept_for_campuses_with_nothing_under_way() {
        let slow: Vec<Webhook> = (0..12).map(|_| webhook(Id::new(), Some(1), true)).collect();
        let slow: Vec<&Webhook> = slow.iter().collect();
        let sent = turns(&slow, &[], 32);
        assert_eq!(sent.len(), 32 - KEPT);
        let (sound, doubtful) = (webhook(Id::new(), Some(9), true), webhook(Id::new(), None, false));
        let mut waiting = slow.clone();
        waiting.extend([&sound, &doubtful]);
        let under_way = [&slow[..], &slow[..]].concat();
        let next: BTreeSet<Id> = turns(&waiting, &under_way, KEPT).into_iter().collect();
        assert_eq!(next, BTreeSet::from([sound.id, doubtful.id]));
        assert_eq!(turns(&waiting, &under_way, KEPT_FOR_SOUND), [sound.id]);
    }

    #[test]
    fn neither_a_failure_now_and_then_nor_a_refusal_makes_a_webhook_doubtful() {
        let with = |failures| Webhook {
            failures,
            failing_since: Some(at(1)),
            ..webhook(Id::new(), Some(1), true)
        };
        assert!(with(0).is_sound() && with(SHAKY - 1).is_sound());
        assert!(!with(SHAKY).is_sound());
        assert!(!webhook(Id::new(), None, false).is_sound(), "it has taken nothing yet");
    }

    #[test]
    fn whose_events_wait_for_others_is_passed_over() {
        let (one, other) = (webhook(Id::new(), None, true), webhook(Id::new(), Some(1), true));
        let mut turns = Turns::new(vec![one.clone(), other.clone()], &[], Tries::new(), (32, at(59)));
        assert_eq!(turns.next().unwrap().id, one.id);
        turns.nothing_for(&one);
        assert_eq!(turns.next().unwrap().id, other.id);
        turns.nothing_for(&other);
        assert!(turns.next().is_none());
    }
}
