use serde_json::{Value, json};

use super::{close, item, open, vote, write};
use crate::{
    harness::{User, World},
    on_every_database,
    work::{all_at_once, publish_weeks, teams},
};

on_every_database! {
    fn nobody_has_more_than_three_votes_however_they_are_sent(world: World) {
        let fac = world.fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        let team = &teams(&fac, 1)[0];
        let retro = open(&team.members[0], &fac, 1, Some(&team.id));
        let items: Vec<String> = (0..6).map(|n| write(&team.members[n % 4], &retro, "go", &format!("Item {n}"))).collect();
        // Each of the four for all six, all at once.
        let voters: Vec<User> = (0..24).map(|n| team.members[n % 4].clone()).collect();
        let statuses = all_at_once(&voters, |at, voter| vote(voter, &items[at / 4]).status);
        assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 12, "{statuses:?}");
        assert!(statuses.iter().all(|status| [204, 409].contains(status)), "{statuses:?}");
        // A vote that is sent again is the same vote; one that is taken back can be given again.
        let amal = &team.members[0];
        let own = |retro: &crate::harness::Answer| -> Vec<String> {
            let items = retro.json["items"].as_array().unwrap().iter();
            items.filter(|item| item["voted"] == true).map(|item| format!("/v1/retro-items/{}", item["id"].as_str().unwrap())).collect()
        };
        let given = own(&amal.get(&retro).is(200));
        assert_eq!(given.len(), 3);
        assert_eq!(amal.get(&retro).is(200).json["votes_left_in_all"], 0);
        let other = items.iter().find(|item| !given.contains(item)).unwrap();
        vote(amal, &given[0]).is(204);
        vote(amal, other).problem(409, "conflict");
        amal.delete(&format!("{}/votes/me", given[0])).is(204);
        amal.delete(&format!("{}/votes/me", given[0])).is(204);
        vote(amal, other).is(204);
        assert!(own(&amal.get(&retro).is(200)).contains(other));
        close(amal, &retro).is(201);
        let counted: i64 = amal.get(&retro).is(200).json["items"].as_array().unwrap().iter().map(|item| item["votes"].as_i64().unwrap()).sum();
        assert_eq!(counted, 12);
    }

    fn in_a_cohorts_retro_each_has_one_vote_of_each_kind(world: World) {
        let fac = world.fac(1, 2);
        let (amal, basma) = (&fac.students[0], &fac.students[1]);
        let retro = open(amal, &fac, 1, None);
        let [stop, also, go, on] = [("stop", "A"), ("stop", "B"), ("go", "C"), ("continue", "D")].map(|(kind, text)| write(amal, &retro, kind, text));
        for item in [&stop, &go, &on] {
            vote(amal, item).is(204);
        }
        let refused = vote(amal, &also).problem(409, "conflict");
        assert!(refused.json["detail"].as_str().unwrap().contains("`stop`"), "{}", refused.text);
        vote(basma, &also).is(204);
        let seen = basma.get(&retro).is(200).json;
        let left = &seen["votes_left"];
        assert_eq!(seen["votes_left_in_all"], 2);
        let expected = json!([{"kind": "stop", "votes": 0}, {"kind": "go", "votes": 1}, {"kind": "continue", "votes": 1}]);
        assert_eq!(left, &expected);
    }

    fn a_vote_counts_or_comes_too_late_and_nothing_between(world: World) {
        let fac = world.fac(1, 9);
        let opener = &fac.students[0];
        let retro = open(opener, &fac, 1, None);
        let pair = write(opener, &retro, "go", "Pair");
        let statuses = all_at_once(&fac.students, |at, student| match at {
            0 => close(student, &retro).status,
            _ => vote(student, &pair).status,
        });
        assert_eq!(statuses[0], 201);
        let counted = statuses.iter().filter(|status| **status == 204).count();
        assert!(statuses[1..].iter().all(|status| [204, 409].contains(status)), "{statuses:?}");
        assert_eq!(item(&opener.get(&retro).is(200), "Pair")["votes"], json!(counted));
    }

    fn totals_are_hidden_until_it_closes_and_own_marks_after(world: World) {
        let fac = world.fac(1, 3);
        let (amal, basma) = (&fac.students[0], &fac.students[1]);
        let retro = open(amal, &fac, 1, None);
        let pair = write(amal, &retro, "go", "Pair");
        vote(amal, &pair).is(204);
        for who in [amal, basma, &fac.facilitator] {
            let seen = who.get(&retro).is(200);
            assert_eq!(item(&seen, "Pair")["votes"], Value::Null);
            assert_eq!(item(&seen, "Pair")["voted"], json!(who.id == amal.id));
            assert_eq!(item(&seen, "Pair")["mine"], json!(who.id == amal.id));
        }
        close(&fac.facilitator, &retro).is(201);
        for who in [amal, basma, &fac.facilitator] {
            let seen = who.get(&retro).is(200);
            let shown = ["votes", "voted", "mine"].map(|name| &item(&seen, "Pair")[name]);
            assert_eq!(shown, [&json!(1), &Value::Null, &Value::Null]);
        }
    }
}
