use super::*;
use crate::{
    admissions::model::Overdue,
    careers::model::Role,
    clients::model::{ClientStatus, Party},
    cohorts::model::Phase,
};

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, number).unwrap()
}

fn week(number: i32, first: u32) -> Week {
    Week {
        id: Id::new(),
        cohort_id: Id::new(),
        number,
        phase: Phase::Core,
        topic: Line::parse("Servers").unwrap(),
        starts_on: day(first),
        ends_on: day(first + 4),
        project_id: Some(Id::new()),
        version: 1,
        gap_told_at: None,
    }
}

fn facts(today: u32) -> Facts {
    let covered = |week| WeekFacts {
        week,
        is_published: true,
        mentors_missing: 0,
        alone: None,
        often_missed: Vec::new(),
    };
    Facts {
        cohort: Id::new(),
        today: day(today),
        weeks: [(1, 1), (2, 8), (3, 15), (4, 22)]
            .map(|(number, first)| covered(week(number, first)))
            .into(),
        gone: Vec::new(),
        unplaced: Vec::new(),
        unsubmitted: Vec::new(),
        abandoned: Vec::new(),
        open_actions: Vec::new(),
        admissions: Unfinished::default(),
        absent: Vec::new(),
        absent_on: Vec::new(),
        invited: Vec::new(),
        undone: Vec::new(),
        clients: Vec::new(),
        roles: Vec::new(),
        never_met: Vec::new(),
    }
}

fn somebody(name: &str) -> PersonName {
    PersonName {
        id: Id::new(),
        name: name.into(),
    }
}

fn told(facts: &Facts) -> Vec<(AttentionKind, Option<i32>)> {
    attention(facts)
        .into_iter()
        .map(|item| (item.kind, item.week))
        .collect()
}

#[test]
fn what_is_left_on_a_checklist_is_told_in_words() {
    let undone = |week, left| Undone {
        week,
        name: Line::parse("To do").unwrap(),
        left,
    };
    let mut facts = facts(8);
    facts.undone = vec![undone(None, 1), undone(Some(2), 3)];
    let items = attention(&facts);
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(
        titles,
        ["1 item of “To do” is left", "3 items of “To do” are left in week 2"]
    );
    assert!(items.iter().all(|item| item.about.as_deref() == Some("To do")));
}

#[test]
fn what_is_left_of_admissions_is_told_with_how_many_it_is_about() {
    let mut facts = facts(8);
    let overdue = |count| Some(Overdue { day: day(5), count });
    facts.admissions.undecided = overdue(1);
    facts.admissions.unnoted = overdue(2);
    let items = attention(&facts);
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "1 application waits for a decision",
            "Nobody has noted whether 2 applicants came to the trial week"
        ]
    );
    assert!(items[0].detail.contains("by 2027-03-05"), "{}", items[0].detail);
}

#[test]
fn a_role_that_nobody_has_approved_is_told_with_its_employer() {
    let mut facts = facts(8);
    let new = serde_json::json!({"title": "Junior developer", "text": "You build.", "remote": true, "expires_on": "2027-04-30"});
    let role = Role::submitted(
        serde_json::from_value(new).unwrap(),
        Id::new(),
        Id::new(),
        Instant::now(),
    );
    let href = format!("/v1/roles/{}", role.id);
    facts.roles = vec![(role, Line::parse("Northwind").unwrap())];
    let [item] = attention(&facts).try_into().unwrap();
    assert_eq!(
        (item.title.as_str(), item.about.as_deref(), item.href),
        (
            "A role at Northwind waits to be approved: Junior developer",
            Some("Junior developer"),
            href
        )
    );
    assert!(item.detail.contains("2027-04-30"), "{}", item.detail);
}

#[test]
fn a_client_that_waits_is_told_with_whom_it_waits_for() {
    let mut facts = facts(8);
    let overdue = |(status, waits_for)| OverdueClient {
        id: Id::new(),
        name: Line::parse("Food Bank").unwrap(),
        status,
        since: day(1),
        waits_for,
    };
    let waiting = [
        (ClientStatus::Acknowledged, Party::Staff),
        (ClientStatus::Invited, Party::Owner),
        (ClientStatus::Completed, Party::Owner),
    ];
    facts.clients = waiting.map(overdue).into();
    let details: Vec<String> = attention(&facts).into_iter().map(|item| item.detail).collect();
    assert_eq!(
        details,
        [
            "It has been `acknowledged` since 2027-03-01. Take the next step, or withdraw it.",
            "It has been `invited` since 2027-03-01, and its product owners have been reminded. Ask them, or withdraw it.",
            "It has been `completed` since 2027-03-01, and its product owners have not given feedback yet. Ask them.",
        ]
    );
    let items = attention(&facts);
    assert!(items.iter().all(|item| item.href.starts_with("/v1/clients/")));
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Food Bank has waited for your next step since 2027-03-01",
            "Food Bank has not booked a workshop since 2027-03-01",
            "Food Bank has not given feedback since 2027-03-01",
        ]
    );
}

#[test]
fn weeks_without_teams_are_told_a_week_before_and_until_they_are_over() {
    for (today, numbers) in [
        (1, vec![1, 2]),
        (5, vec![1, 2]),
        (7, vec![2]),
        (8, vec![2, 3]),
        (27, vec![]),
    ] {
        let mut facts = facts(today);
        facts.weeks.iter_mut().for_each(|week| week.is_published = false);
        let expected: Vec<_> = numbers
            .iter()
            .map(|week| (AttentionKind::UnpublishedWeek, Some(*week)))
            .collect();
        assert_eq!(told(&facts), expected, "on {today} March");
        // A week that builds nothing needs no teams.
        facts.weeks.iter_mut().for_each(|week| week.week.project_id = None);
        assert_eq!(told(&facts), []);
    }
}

#[test]
fn a_week_that_has_begun_is_said_to_have_begun() {
    let mut facts = facts(8);
    for week in &mut facts.weeks {
        (week.is_published, week.mentors_missing) = (week.week.number == 1, 2);
    }
    let details: Vec<String> = attention(&facts).into_iter().map(|item| item.detail).collect();
    assert_eq!(
        details,
        [
            "It began on 2027-03-08. Form its teams, or publish a draft.",
            "It begins on 2027-03-15. Form its teams, or publish a draft.",
            "It began on 2027-03-08. Ask alumni to sign up.",
            "It begins on 2027-03-15. Ask alumni to sign up.",
            "It begins on 2027-03-22. Ask alumni to sign up.",
        ]
    );
}

#[test]
fn a_gap_counts_more_than_being_alone() {
    let mut facts = facts(1);
    facts.weeks[1].mentors_missing = 1;
    facts.weeks[1].alone = Some(somebody("Mona"));
    facts.weeks[2].alone = Some(somebody("Mona"));
    let expected = [
        (AttentionKind::MentorsMissing, Some(2)),
        (AttentionKind::MentorAlone, Some(3)),
    ];
    assert_eq!(told(&facts), expected);
    facts.today = day(20);
    assert_eq!(told(&facts), []);
}

#[test]
fn who_often_did_not_come_is_told_of_before_their_week() {
    let mut facts = facts(1);
    facts.weeks[2].often_missed = vec![(somebody("Mona"), 3)];
    assert_eq!(told(&facts), [(AttentionKind::MentorOftenMissed, Some(3))]);
    let item = attention(&facts).remove(0);
    assert_eq!(item.title, "Mona mentors in week 3");
    assert!(item.detail.contains("did not come 3 times"), "{}", item.detail);
    facts.today = day(20);
    assert_eq!(told(&facts), [], "the week is over");
}

#[test]
fn work_is_missed_until_a_week_after_its_week() {
    for (today, numbers) in [
        (1, vec![1]),
        (12, vec![1, 2]),
        (13, vec![2]),
        (15, vec![2, 3]),
        (30, vec![4]),
    ] {
        assert_eq!(
            weeks_to_submit_in(&facts(today).weeks, day(today)),
            numbers,
            "on {today} March"
        );
    }
    let mut unpublished = facts(1);
    unpublished.weeks.iter_mut().for_each(|week| week.is_published = false);
    assert!(weeks_to_submit_in(&unpublished.weeks, day(1)).is_empty());
}

#[test]
fn a_review_is_told_for_a_week_after_its_time() {
    for (today, is_told) in [(9, true), (15, true), (16, false)] {
        let mut facts = facts(today);
        let team = |name: &str| TeamName {
            id: Id::new(),
            name: Line::parse(name).unwrap(),
        };
        facts.abandoned = vec![Abandoned {
            id: Id::new(),
            week: 1,
            due_on: day(8),
            by: team("Red"),
            of: team("Blue"),
        }];
        let titles: Vec<String> = attention(&facts).into_iter().map(|item| item.title).collect();
        let expected = is_told.then_some("Red has not reviewed the work of Blue in week 1");
        assert_eq!(titles, Vec::from_iter(expected), "on {today} March");
    }
}

#[test]
fn actions_are_told_when_they_are_overdue_or_nobodys() {
    for (due, owner, kind) in [
        (8, Some("Amal"), None),
        (8, None, Some(AttentionKind::ActionUnowned)),
        (7, Some("Amal"), Some(AttentionKind::ActionOverdue)),
        (7, None, Some(AttentionKind::ActionOverdue)),
    ] {
        let mut facts = facts(8);
        facts.open_actions = vec![OpenAction {
            id: Id::new(),
            text: Line::parse("Pair more").unwrap(),
            team: None,
            owner: owner.map(somebody),
            due_on: day(due),
        }];
        let kinds: Vec<AttentionKind> = attention(&facts).into_iter().map(|item| item.kind).collect();
        assert_eq!(kinds, Vec::from_iter(kind), "due on {due} March, of {owner:?}");
    }
}

#[test]
fn absences_are_told_of_this_week_and_the_next() {
    let mut facts = facts(8);
    facts.absent = [1, 2, 3, 4].map(|week| (week, somebody("Amal"))).into();
    assert_eq!(
        told(&facts),
        [(AttentionKind::Absence, Some(2)), (AttentionKind::Absence, Some(3))]
    );
}

#[test]
fn pairs_are_counted_from_the_middle_on() {
    let mut facts = facts(13);
    facts.never_met = (0..7).map(|_| [somebody("Amal"), somebody("Basma")]).collect();
    let [item] = attention(&facts).try_into().unwrap();
    assert_eq!(item.title, "7 pairs of students have never worked together");
    assert!(item.detail.ends_with("; and 2 more pairs."), "{}", item.detail);
    facts.today = day(12);
    assert_eq!(told(&facts), []);
}

#[test]
fn an_invitation_is_waited_for_three_days() {
    let mut facts = facts(8);
    let at = |text: &str| ("Dina".to_owned(), Instant::parse(text).unwrap());
    facts.invited = vec![at("2027-03-05T09:00:00Z"), at("2027-03-06T09:00:00Z")];
    assert_eq!(told(&facts), [(AttentionKind::InvitationUnanswered, None)]);
}
