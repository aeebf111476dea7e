//! Whose turn it is to be sent something, so that no account and no receiver that fails or hangs holds up the others. Accounts
//! take turns, and the webhooks of an account among themselves: whoever makes twenty webhooks at each of twelve campuses has as
//! many turns as anybody else.

use std::collections::BTreeMap;

use crate::{
    primitives::{Id, Instant},
    webhooks::model::Webhook,
};

/// How many requests of a process are under way for an account at the same time.
const OF_ACCOUNT: usize = 4;
/// How many accounts have a request to a receiver that took nothing yet or fails, and one each.
const DOUBTFUL: usize = 8;
/// How many places of a process are kept for accounts that have nothing under way.
const KEPT: usize = 8;
/// How many of those are kept for their sound webhooks.
const KEPT_FOR_SOUND: usize = 4;

/// What takes turns: the sound webhooks of an account, or its doubtful ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Share {
    account: Id,
    is_sound: bool,
}

impl Share {
    /// The one that this webhook belongs to: of whoever made it or, where that is not known, of its campus.
    fn of(webhook: &Webhook) -> Self {
        Self {
            account: webhook.made_by.unwrap_or(webhook.campus_id),
            is_sound: webhook.is_sound(),
        }
    }
}

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

/// What a process sends, and has sent: also for webhooks that are disabled or gone by now.
#[derive(Clone, Debug, Default)]
pub struct SoFar {
    of_webhook: BTreeMap<Id, usize>,
    of_share: BTreeMap<Share, usize>,
    /// When a webhook of each share was last sent something.
    tried: BTreeMap<Share, Instant>,
}

impl SoFar {
    /// A request begins.
    pub fn begin(&mut self, one: UnderWay, now: Instant) {
        *self.of_webhook.entry(one.webhook).or_default() += 1;
        *self.of_share.entry(one.share).or_default() += 1;
        self.tried.insert(one.share, now);
    }

    /// A request that had begun ends.
    pub fn end(&mut self, one: UnderWay) {
        less(&mut self.of_webhook, one.webhook);
        less(&mut self.of_share, one.share);
    }

    fn at(&self, webhook: &Webhook) -> usize {
        self.of_webhook.get(&webhook.id).copied().unwrap_or_default()
    }

    fn at_share(&self, share: Share) -> usize {
        self.of_share.get(&share).copied().unwrap_or_default()
    }

    fn at_account(&self, account: Id) -> usize {
        let shares = [true, false].map(|is_sound| self.at_share(Share { account, is_sound }));
        shares.iter().sum()
    }

    /// How many accounts have a request to a doubtful one under way.
    fn doubtful(&self) -> usize {
        self.of_share.keys().filter(|share| !share.is_sound).count()
    }
}

fn less<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K) {
    match counts.get_mut(&key) {
        Some(count) if *count > 1 => *count -= 1,
        _ => {
            counts.remove(&key);
        }
    }
}

/// The webhooks for which something is due, and how much is under way.
pub struct Turns {
    waiting: Vec<Webhook>,
    so_far: SoFar,
    room: usize,
    now: Instant,
}

impl Turns {
    /// As it stands now, with room for so many more requests of this process.
    pub fn new(mut waiting: Vec<Webhook>, mut so_far: SoFar, (room, now): (usize, Instant)) -> Self {
        waiting.sort_by_key(|webhook| (webhook.tried_at, webhook.id));
        // A process that has just begun, or is one of several, learns from the rows what others have sent.
        for webhook in &waiting {
            if let Some(at) = webhook.tried_at {
                let last = so_far.tried.entry(Share::of(webhook)).or_insert(at);
                *last = at.max(*last);
            }
        }
        Self {
            waiting,
            so_far,
            room,
            now,
        }
    }

    /// The webhook whose turn it is: of the share with the least under way; of those, the one that was sent something the
    /// longest ago; and within it likewise. None if nobody has room.
    pub fn next(&self) -> Option<Webhook> {
        let with_room = self.waiting.iter().filter(|webhook| self.has_room(webhook));
        let turn = |webhook: &&Webhook| {
            let share = Share::of(webhook);
            let last = self.so_far.tried.get(&share).copied();
            (self.so_far.at_share(share), last, self.so_far.at(webhook))
        };
        with_room.min_by_key(turn).cloned()
    }

    fn has_room(&self, webhook: &Webhook) -> bool {
        let share = Share::of(webhook);
        let may = share.is_sound || (self.so_far.at_share(share) == 0 && self.so_far.doubtful() < DOUBTFUL);
        may && self.so_far.at_account(share.account) < OF_ACCOUNT && self.room > self.kept_from(share)
    }

    /// How many places are not for this one. Receivers that take their time, of however many accounts, fill the others.
    fn kept_from(&self, share: Share) -> usize {
        match (self.so_far.at_account(share.account), share.is_sound) {
            (0, true) => 0,
            (0, false) => KEPT_FOR_SOUND,
            _ => KEPT,
        }
    }

    /// It is sent something.
    pub fn sent_to(&mut self, webhook: &Webhook) {
        self.so_far.begin(UnderWay::of(webhook), self.now);
        self.room = self.room.saturating_sub(1);
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

    fn webhook(account: Id, tried: Option<u32>, is_sound: bool) -> Webhook {
        Webhook {
            id: Id::new(),
            campus_id: Id::new(),
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
            made_by: Some(account),
        }
    }

    /// Who is sent something with room for so many requests, if everybody has no end of it.
    fn turns(waiting: &[&Webhook], under_way: &[&Webhook], room: usize) -> Vec<Id> {
        let mut so_far = SoFar::default();
        for one in under_way {
            so_far.begin(UnderWay::of(one), at(0));
        }
        let waiting = waiting.iter().map(|one| (*one).clone()).collect();
        let mut turns = Turns::new(waiting, so_far, (room, at(59)));
        let mut sent = Vec::new();
        while let Some(webhook) = turns.next() {
            turns.sent_to(&webhook);
            sent.push(webhook.id);
        }
        sent
    }

    #[test]
    fn accounts_take_turns_and_have_four_places_each() {
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
    fn doubtful_webhooks_take_turns_by_account_however_many_an_account_has() {
        let many = |account| (0..240).map(move |number| webhook(account, (number > 0).then_some(2), false));
        let (busy, other) = (Id::new(), Id::new());
        let last = webhook(other, Some(1), false);
        let all: Vec<Webhook> = many(busy).chain([last.clone()]).collect();
        let all: Vec<&Webhook> = all.iter().collect();
        assert_eq!(
            turns(&all, &[], 32),
            [last.id, all[0].id],
            "one of an account at a time"
        );
        assert_eq!(turns(&all, &[all[5]], 32), [last.id]);
        // Nor does an account come first that was sent something for a webhook that it has deleted since.
        let (gone, new) = (webhook(busy, None, false), webhook(busy, None, false));
        let mut so_far = SoFar::default();
        so_far.begin(UnderWay::of(&gone), at(3));
        so_far.end(UnderWay::of(&gone));
        let turns = Turns::new(vec![new, last.clone()], so_far, (32, at(59)));
        assert_eq!(turns.next().unwrap().id, last.id);
    }

    #[test]
    fn sound_requests_of_an_account_do_not_delay_its_doubtful_ones() {
        let (busy, other) = (Id::new(), Id::new());
        let (sound, doubtful) = (webhook(busy, Some(9), true), webhook(busy, Some(1), false));
        let hanging = webhook(other, Some(5), false);
        assert_eq!(turns(&[&doubtful, &hanging], &[&sound], 9), [doubtful.id, hanging.id]);
    }

    #[test]
    fn some_places_are_kept_for_accounts_with_nothing_under_way() {
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
    fn where_nobody_knows_who_made_a_webhook_its_campus_takes_the_turns() {
        let campus = Id::new();
        let [a, b, c] = [campus, campus, Id::new()].map(|campus_id| Webhook {
            campus_id,
            made_by: None,
            ..webhook(campus, Some(1), true)
        });
        assert_eq!(turns(&[&a, &b, &c], &[&a, &a, &b, &b], 32), [c.id; 4]);
    }

    #[test]
    fn a_request_counts_until_it_ends_and_once() {
        let one = webhook(Id::new(), None, true);
        let (mut so_far, request) = (SoFar::default(), UnderWay::of(&one));
        so_far.begin(request, at(1));
        so_far.begin(request, at(2));
        so_far.end(request);
        assert_eq!((so_far.at(&one), so_far.at_share(request.share)), (1, 1));
        so_far.end(request);
        assert!(so_far.of_webhook.is_empty() && so_far.of_share.is_empty());
    }

    #[test]
    fn whose_events_wait_for_others_is_passed_over() {
        let (one, other) = (webhook(Id::new(), None, true), webhook(Id::new(), Some(1), true));
        let mut turns = Turns::new(vec![one.clone(), other.clone()], SoFar::default(), (32, at(59)));
        assert_eq!(turns.next().unwrap().id, one.id);
        turns.nothing_for(&one);
        assert_eq!(turns.next().unwrap().id, other.id);
        turns.nothing_for(&other);
        assert!(turns.next().is_none());
    }
}
