//! What becomes of an action.

use crate::{
    error::FieldError,
    primitives::{Id, Instant},
    retros::model::{Action, ActionPatch, ActionStatus},
};

/// How many characters a note has.
const NOTE: usize = 1_000;

/// The action as it is changed. What was noted when it ended goes when it is opened again.
pub fn changed(action: &Action, patch: ActionPatch, now: Instant) -> Action {
    let status = patch.status.or(action.status);
    let is_opened = status == ActionStatus::Open && action.status != ActionStatus::Open;
    let noted = action.note.clone().filter(|_| !is_opened);
    let after = Action {
        status,
        owner_id: patch.owner_id.or(action.owner_id),
        note: patch.note.or(noted),
        text: patch.text.or(action.text.clone()),
        ..action.clone()
    };
    if after == *action {
        return after;
    }
    Action {
        ended_at: match after.status {
            ActionStatus::Open => None,
            status if status == action.status => action.ended_at,
            ActionStatus::Done | ActionStatus::Dropped => Some(now),
        },
        version: action.version + 1,
        updated_at: now,
        ..after
    }
}

/// What is wrong with an action that is dropped without a word.
pub fn unless_explained(action: &Action) -> Option<FieldError> {
    let is_explained = action
        .note
        .as_ref()
        .is_some_and(|note| !note.as_str().trim().is_empty());
    let detail = "must say why the action is dropped";
    (action.status == ActionStatus::Dropped && !is_explained).then(|| FieldError::at("/note", "required", detail))
}

/// What is wrong with a note that is too long. One from before notes were bounded stays.
pub fn unless_short(before: &Action, after: &Action) -> Option<FieldError> {
    let length = after.note.as_ref().map_or(0, |note| note.as_str().chars().count());
    let detail = format!("must have at most {NOTE} characters");
    (length > NOTE && after.note != before.note).then(|| FieldError::at("/note", "invalid", detail))
}

/// Whether an open action comes back in a retro: in a cohort's each does, in a team's those of the team, those that its
/// members look after, and those that nobody looks after (any more) of the teams they were in before, `earlier`.
pub fn comes_back((of, owner): (Option<Id>, Option<Id>), team: Option<Id>, members: &[Id], earlier: &[Id]) -> bool {
    if team.is_none() || of == team {
        return true;
    }
    match owner {
        Some(owner) => members.contains(&owner),
        None => of.is_some_and(|of| earlier.contains(&of)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::{Field, Line, Text};

    fn action(status: ActionStatus, note: Option<&str>) -> Action {
        let then = Instant::parse("2027-03-01T09:00:00Z").unwrap();
        Action {
            id: Id::new(),
            cohort_id: Id::new(),
            team_id: None,
            retro_id: None,
            text: Line::parse("Pair more").unwrap(),
            status,
            owner_id: None,
            note: note.map(|note| Text::parse(note).unwrap()),
            version: 1,
            created_at: then,
            updated_at: then,
            ended_at: (status != ActionStatus::Open).then_some(then),
        }
    }

    #[test]
    fn an_action_is_dropped_with_a_note_and_comes_back_when_it_is_opened_again() {
        use ActionStatus::{Done, Dropped, Open};
        let now = Instant::parse("2027-03-02T09:00:00Z").unwrap();
        for (before, note, status, told, allowed) in [
            (Open, None, Done, None, true),
            (Open, None, Dropped, None, false),
            (Open, None, Dropped, Some(" "), false),
            (Open, None, Dropped, Some("No time"), true),
            (Open, Some("No time"), Dropped, None, true),
            (Done, None, Open, None, true),
            (Dropped, Some("No time"), Open, None, true),
            (Done, None, Dropped, None, false),
        ] {
            let patch = ActionPatch {
                status: Field::Given(status),
                owner_id: Field::Absent,
                note: told.map_or(Field::Absent, |told| Field::Given(Text::parse(told).ok())),
                text: Field::Absent,
            };
            let after = changed(&action(before, note), patch, now);
            let case = format!("{before:?} {note:?} {status:?} {told:?}");
            assert_eq!(unless_explained(&after).is_none(), allowed, "{case}");
            assert_eq!(
                (after.version, after.ended_at),
                (2, (status != Open).then_some(now)),
                "{case}"
            );
            assert_eq!(
                after.note.is_some(),
                status != Open && (told.is_some() || note.is_some()),
                "{case}"
            );
        }
        // A note of what came of it does not end it again.
        let patch = ActionPatch {
            status: Field::Absent,
            owner_id: Field::Absent,
            note: Field::Given(Text::parse("In the README").ok()),
            text: Field::Absent,
        };
        let done = action(Done, None);
        assert_eq!(changed(&done, patch, now).ended_at, done.ended_at);
    }

    #[test]
    fn a_patch_that_changes_nothing_makes_no_new_version() {
        let open = action(ActionStatus::Open, None);
        let patch = ActionPatch {
            status: Field::Given(ActionStatus::Open),
            owner_id: Field::Given(None),
            note: Field::Absent,
            text: Field::Absent,
        };
        assert_eq!(changed(&open, patch, Instant::now()), open);
    }

    #[test]
    fn actions_come_back_to_the_cohort_their_team_their_owners_next_team_and_else_that_of_anybody_who_was_there() {
        let [team, earlier, other, owner] = [Id::new(), Id::new(), Id::new(), Id::new()];
        for (of, looks_after, in_team) in [
            (Some(team), None, true),
            (Some(team), Some(other), true),
            (Some(earlier), None, true),
            (Some(earlier), Some(other), false),
            (Some(other), None, false),
            (Some(other), Some(owner), true),
            (None, Some(owner), true),
            (None, None, false),
            (None, Some(other), false),
        ] {
            let action = (of, looks_after);
            assert_eq!(
                comes_back(action, Some(team), &[owner], &[earlier]),
                in_team,
                "{action:?}"
            );
            assert!(comes_back(action, None, &[], &[]), "{action:?}");
        }
    }
}
