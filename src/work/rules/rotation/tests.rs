use super::*;

fn people(count: usize) -> Vec<Id> {
    (0..count).map(|_| Id::new()).collect()
}

fn teams(members: &[&[Id]]) -> Vec<ReviewTeam> {
    let team = |members: &&[Id]| ReviewTeam {
        id: Id::new(),
        members: members.to_vec(),
    };
    members.iter().map(team).collect()
}

fn standing(pairings: &[Pairing]) -> Vec<Standing> {
    let review = |pairing: &Pairing| Standing {
        reviewed: pairing.reviewed,
        reviewing: pairing.reviewing,
        is_begun: false,
    };
    pairings.iter().map(review).collect()
}

/// The reviews after a change.
fn after(teams: &[ReviewTeam], before: &[Standing], changes: &[Pairing]) -> Vec<(Id, Id)> {
    let there = |id: Id| teams.iter().any(|team| team.id == id);
    let kept = before
        .iter()
        .filter(|review| review.is_begun || there(review.reviewed) && there(review.reviewing))
        .filter(|review| !changes.iter().any(|change| change.reviewed == review.reviewed))
        .map(|review| (review.reviewing, review.reviewed));
    let made = changes.iter().map(|change| (change.reviewing, change.reviewed));
    kept.chain(made).collect()
}

/// Every team reviews exactly one other and is reviewed once.
fn is_whole(teams: &[ReviewTeam], reviews: &[(Id, Id)]) {
    let ids: BTreeSet<Id> = teams.iter().map(|team| team.id).collect();
    assert_eq!(reviews.len(), ids.len());
    assert_eq!(reviews.iter().map(|(by, _)| *by).collect::<BTreeSet<_>>(), ids);
    assert_eq!(reviews.iter().map(|(_, of)| *of).collect::<BTreeSet<_>>(), ids);
    assert!(reviews.iter().all(|(by, of)| by != of));
}

#[test]
fn each_team_reviews_one_other_and_is_reviewed_once() {
    for count in 2..=12 {
        let members: Vec<Vec<Id>> = (0..count).map(|_| people(3)).collect();
        let members: Vec<&[Id]> = members.iter().map(Vec::as_slice).collect();
        let teams = teams(&members);
        let made = rotation(&teams, &History::default(), &[]);
        is_whole(&teams, &after(&teams, &[], &made));
        assert!(made.iter().all(|one| (one.pairs, one.repeats) == (9, 0)));
        assert_eq!(made, rotation(&teams, &History::default(), &[]));
    }
    let alone = teams(&[&people(3)]);
    assert!(rotation(&alone, &History::default(), &[]).is_empty());
}

#[test]
fn people_review_whom_they_have_not_reviewed_until_they_must() {
    // Four teams that stay for four weeks: three weeks of others, and then again.
    let members: Vec<Vec<Id>> = (0..4).map(|_| people(4)).collect();
    let members: Vec<&[Id]> = members.iter().map(Vec::as_slice).collect();
    let teams = teams(&members);
    let mut history = History::default();
    for week in 1..=4 {
        let made = rotation(&teams, &history, &[]);
        let repeats: usize = made.iter().map(|one| one.repeats).sum();
        assert_eq!(repeats, if week == 4 { 64 } else { 0 }, "week {week}");
        for one in &made {
            let of = |id: Id| teams.iter().find(|team| team.id == id).unwrap().members.clone();
            history.add(&of(one.reviewing), &of(one.reviewed));
        }
    }
}

#[test]
fn what_counts_is_people_and_not_teams() {
    let p = people(6);
    let first = teams(&[&p[0..2], &p[2..4], &p[4..6]]);
    let mut history = History::default();
    for (by, of) in [(0, 1), (1, 2), (2, 0)] {
        history.add(&first[by].members, &first[of].members);
    }
    // The same people in teams of other ids turn round.
    let second = teams(&[&p[4..6], &p[0..2], &p[2..4]]);
    let made = rotation(&second, &history, &[]);
    assert!(made.iter().all(|one| one.repeats == 0), "{made:?}");
    // Somebody who was on the other side before reviews nobody by it.
    let mixed = teams(&[&[p[0], p[2]], &[p[1], p[3]]]);
    let made = rotation(&mixed, &history, &[]);
    assert_eq!(made.iter().map(|one| one.repeats).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn no_other_rotation_has_fewer_repeats() {
    let mut state = 7_usize;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..60 {
        let p = people(10);
        let five = teams(&[&p[0..2], &p[2..4], &p[4..6], &p[6..8], &p[8..10]]);
        let mut history = History::default();
        for _ in 0..12 {
            history.add(&[p[random(10)]], &[p[random(10)], p[random(10)]]);
        }
        let found: usize = rotation(&five, &history, &[]).iter().map(|one| one.repeats).sum();
        let repeats =
            |by: usize, of: usize| pairing(&five[by], &five[of], &history, AssignmentReason::Rotation).repeats;
        let mut least = usize::MAX;
        for code in 0..5_usize.pow(5) {
            let way: Vec<usize> = (0..5_u32).map(|at| code / 5_usize.pow(at) % 5).collect();
            let is_rotation =
                way.iter().collect::<BTreeSet<_>>().len() == 5 && way.iter().enumerate().all(|(of, by)| of != *by);
            if is_rotation {
                least = least.min(way.iter().enumerate().map(|(of, by)| repeats(*by, of)).sum());
            }
        }
        assert_eq!(found, least);
    }
}

#[test]
fn a_late_team_steps_in_between_two_and_leaves_the_others() {
    let members: Vec<Vec<Id>> = (0..5).map(|_| people(3)).collect();
    let members: Vec<&[Id]> = members.iter().map(Vec::as_slice).collect();
    let five = teams(&members);
    let (four, late) = (&five[..4], five[4].id);
    let mut before = standing(&rotation(four, &History::default(), &[]));
    before[0].is_begun = true;
    let changes = rotation(&five, &History::default(), &before);
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().any(|one| one.reviewed == late) && changes.iter().any(|one| one.reviewing == late));
    assert!(changes.iter().all(|one| one.reviewed != before[0].reviewed));
    is_whole(&five, &after(&five, &before, &changes));
    // Once all are under way, it is reviewed by one more.
    before.iter_mut().for_each(|review| review.is_begun = true);
    let changes = rotation(&five, &History::default(), &before);
    assert_eq!(changes.len(), 1);
    assert!(changes[0].reviewed == late && changes[0].reviewing != late);
    // Nothing is missing: nothing changes.
    let whole = standing(&rotation(&five, &History::default(), &[]));
    assert!(rotation(&five, &History::default(), &whole).is_empty());
}

#[test]
fn a_team_that_is_gone_leaves_nobody_unreviewed() {
    let members: Vec<Vec<Id>> = (0..4).map(|_| people(3)).collect();
    let members: Vec<&[Id]> = members.iter().map(Vec::as_slice).collect();
    let four = teams(&members);
    let before = standing(&rotation(&four, &History::default(), &[]));
    let three = &four[..3];
    let changes = rotation(three, &History::default(), &before);
    assert_eq!(changes.len(), 1);
    is_whole(three, &after(three, &before, &changes));
    // Its own review was done: whom it reviewed need not be reviewed again.
    let mut done = before.clone();
    done.iter_mut()
        .filter(|review| review.reviewing == four[3].id)
        .for_each(|review| review.is_begun = true);
    assert!(rotation(three, &History::default(), &done).is_empty());
    // The review of it was done: whoever reviewed it is not free, and somebody reviews one more.
    let mut read = before;
    read.iter_mut()
        .filter(|review| review.reviewed == four[3].id)
        .for_each(|review| review.is_begun = true);
    let changes = rotation(three, &History::default(), &read);
    assert_eq!(changes.len(), 1);
    assert_ne!(changes[0].reviewed, changes[0].reviewing);
}
