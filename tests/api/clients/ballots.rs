//! Products that a cohort can build, its secret vote on which, and the teams.

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
};

use peerled::primitives::{Id, Secret};
use serde_json::{Value, json};

use super::{apply_as, go, open, step, steps::letters};
use crate::{
    audit_trail::secret_to_organisers,
    harness::{Answer, Fac, User, World},
    on_every_database,
};

/// The steps of a client until a product can be made of it.
pub const UNTIL_READY: [&str; 7] = [
    "invited",
    "workshop_booked",
    "agreement_sent",
    "agreement_signed",
    "attended",
    "research_asked",
    "research_received",
];

/// A client of somebody, whose user research is received: its path.
pub fn ready(fac: &Fac, owner: &User) -> String {
    let client = apply_as(fac, owner, &format!("Organisation {}", Id::new()));
    go(fac, &client, &UNTIL_READY);
    client
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

fn product(fac: &Fac, client: &str) -> String {
    format!("/v1/cohorts/{}/products/{}", fac.cohort, last(client))
}

fn ballots(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/product-ballots", fac.cohort)
}

/// A ballot on what there is and what clients of these ask for, of which two are built: its path.
pub fn open_ballot(fac: &Fac, owners: &[User]) -> String {
    open(fac);
    for owner in owners {
        let client = ready(fac, owner);
        fac.facilitator
            .put(&product(fac, &client), json!({"summary": "Shifts on phones."}))
            .is(200);
    }
    let opened = fac.facilitator.post(&ballots(fac), json!({"winners": 2})).is(201);
    opened.header("location").to_owned()
}

/// Somebody ranks candidates, by their places in the ballot's list.
pub fn vote(who: &User, ballot: &str, ranked: &[usize]) -> Answer {
    let candidates = candidates(who, ballot);
    let ranked: Vec<&Value> = ranked.iter().map(|at| &candidates[*at]).collect();
    who.put(&format!("{ballot}/votes/me"), json!({ "ranked": ranked }))
}

fn candidates(who: &User, ballot: &str) -> Vec<Value> {
    let seen = who.get(ballot).is(200).json;
    let candidates = seen["candidates"].as_array().unwrap().iter();
    candidates.map(|one| one["client_id"].clone()).collect()
}

/// Three students vote, and the votes are counted: what was chosen.
pub fn chosen(fac: &Fac, ballot: &str) -> Vec<Value> {
    for (student, first) in fac.students.iter().zip([0, 0, 1]) {
        vote(student, ballot, &[first]).is(204);
    }
    let closed = end(fac, ballot, "closed").is(200).json;
    closed["result"]["chosen"].as_array().unwrap().clone()
}

fn end(fac: &Fac, ballot: &str, status: &str) -> Answer {
    fac.facilitator
        .put(&format!("{ballot}/status"), json!({ "status": status }))
}

/// Counts votes as it is described, by what anybody can read: what is chosen.
fn recount(ballot: &Value) -> BTreeSet<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let seed = text(&ballot["seed"]);
    assert_eq!(json!(Secret::hash(&seed)), ballot["commitment"]);
    let mut left: BTreeSet<String> = ballot["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["client_id"]))
        .collect();
    for out in ballot["result"]["left_out"].as_array().unwrap() {
        left.remove(out.as_str().unwrap());
    }
    while left.len() > usize::try_from(ballot["winners"].as_u64().unwrap()).unwrap() {
        let mut counts: BTreeMap<&String, usize> = left.iter().map(|id| (id, 0)).collect();
        for vote in ballot["result"]["votes"].as_array().unwrap() {
            let best = vote.as_array().unwrap().iter().map(text).find(|id| left.contains(id));
            if let Some(count) = best.and_then(|best| counts.get_mut(&best)) {
                *count += 1;
            }
        }
        let fewest = *counts.values().min().unwrap();
        let out = counts
            .iter()
            .filter(|(_, count)| **count == fewest)
            .map(|(id, _)| (*id).clone());
        let out = out.max_by_key(|id| Secret::hash(&format!("{seed}:{id}"))).unwrap();
        left.remove(&out);
    }
    left
}

fn owners(world: &World, count: usize) -> Vec<User> {
    (0..count)
        .map(|number| world.person(&format!("Owner{number}")))
        .collect()
}

on_every_database! {
    fn of_two_ballots_at_once_one_is_opened_and_the_other_refused(world: World) {
        let fac = world.fac(1, 2);
        let first = open_ballot(&fac, &["Olive", "Pia", "Quinn"].map(|name| world.person(name)));
        end(&fac, &first, "cancelled").is(200);
        let ask = || fac.facilitator.post(&ballots(&fac), json!({"winners": 2})).status;
        let mut asked = thread::scope(|scope| {
            let asked: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        asked.sort_unstable();
        assert_eq!(asked, [201, 409, 409, 409, 409, 409]);
    }

    fn what_is_researched_is_put_up_and_a_ballot_opened(world: World) {
        let fac = world.fac(1, 4);
        open(&fac);
        let [olive, pia, quinn] = ["Olive", "Pia", "Quinn"].map(|name| world.person(name));
        let early = apply_as(&fac, &quinn, "Early");
        let pitch = json!({"summary": "Shifts on phones.", "url": "https://example.org/pitch"});
        fac.facilitator.put(&product(&fac, &early), pitch.clone()).problem(409, "conflict");
        let client = ready(&fac, &olive);
        fac.students[0].put(&product(&fac, &client), pitch.clone()).problem(403, "forbidden");
        olive.put(&product(&fac, &client), pitch.clone()).problem(404, "not_found");
        fac.facilitator.put(&product(&fac, &fac.cohort), pitch.clone()).problem(404, "not_found");
        let put = fac.facilitator.put(&product(&fac, &client), pitch.clone()).is(200).json;
        assert_eq!(fac.facilitator.put(&product(&fac, &client), pitch).is(200).json["version"], put["version"]);
        for empty in ["", " \n"] {
            fac.facilitator.put(&product(&fac, &client), json!({"summary": empty})).field("/summary", "required");
        }
        fac.facilitator.with("If-Match", "\"9\"").put(&product(&fac, &client), json!({"summary": "Other"})).problem(412, "precondition_failed");
        let listed = fac.students[0].get(&format!("/v1/cohorts/{}/products", fac.cohort)).is(200);
        assert_eq!((listed.data().len(), &listed.data()[0]["url"]), (1, &json!("https://example.org/pitch")));
        olive.get(&format!("/v1/cohorts/{}/products", fac.cohort)).problem(404, "not_found");
        // One product is no choice.
        fac.facilitator.post(&ballots(&fac), json!({"winners": 1})).problem(409, "conflict");
        let ballot = open_ballot(&fac, &[pia, world.person("Rana")]);
        let seen = fac.students[0].get(&ballot).is(200).json;
        assert_eq!((&seen["seed"], &seen["result"], &seen["voted"]), (&Value::Null, &Value::Null, &json!(0)));
        assert_eq!(seen["commitment"].as_str().unwrap().len(), 64);
        let again = fac.facilitator.post(&ballots(&fac), json!({"winners": 1})).problem(409, "conflict");
        assert_eq!(again.json["ballot_id"], json!(last(&ballot)));
        fac.facilitator.delete(&product(&fac, &client)).problem(409, "conflict");
        world.mail();
        let notice = fac.students[0].get("/v1/me/notifications").is(200).data()[0].clone();
        assert_eq!(notice["href"], json!(ballot));
        end(&fac, &ballot, "cancelled").is(200);
        end(&fac, &ballot, "cancelled").is(200);
        end(&fac, &ballot, "closed").problem(409, "invalid_transition");
        fac.facilitator.delete(&product(&fac, &client)).is(204);
        fac.facilitator.post(&ballots(&fac), json!({"winners": 2})).field("/winners", "invalid");
    }

    fn a_vote_is_secret_and_cannot_be_traced_once_it_is_counted(world: World) {
        let fac = world.fac(1, 4);
        let ballot = open_ballot(&fac, &owners(&world, 3));
        let all = candidates(&fac.students[0], &ballot);
        let [amal, dana, rana, sami] = &fac.students[..] else { panic!("four students") };
        amal.put(&format!("{ballot}/votes/me"), json!({"ranked": []})).field("/ranked", "invalid");
        amal.put(&format!("{ballot}/votes/me"), json!({"ranked": [all[0], all[0]]})).field("/ranked", "invalid");
        amal.put(&format!("{ballot}/votes/me"), json!({"ranked": [all[0], fac.cohort]})).field("/ranked/1", "not_found");
        vote(amal, &ballot, &[0, 1]).is(204);
        vote(dana, &ballot, &[1]).is(204);
        end(&fac, &ballot, "closed").problem(409, "conflict");
        // Each has one vote, however often it is sent, and may think again.
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| vote(rana, &ballot, &[2, 0]).is(204));
            }
        });
        vote(amal, &ballot, &[2, 1]).is(204);
        assert_eq!(amal.get(&format!("{ballot}/votes/me")).is(200).json, json!({"ranked": [all[2], all[1]]}));
        sami.get(&format!("{ballot}/votes/me")).problem(404, "not_found");
        for staff in [&fac.facilitator, &fac.organiser] {
            staff.get(&format!("{ballot}/votes/me")).problem(403, "forbidden");
            vote(staff, &ballot, &[0]).problem(403, "forbidden");
            let seen = staff.get(&ballot).is(200).json;
            assert_eq!((&seen["voted"], &seen["has_voted"], &seen["result"]), (&json!(3), &json!(false), &Value::Null));
        }
        // Nor does the campus's copy of its data tell, or its trail.
        let copy = fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200).json;
        let rows = copy["product_votes"].as_array().unwrap();
        assert_eq!((rows.len(), copy["product_ballots"][0].get("seed")), (0, None), "not even who has voted");
        secret_to_organisers(&world, &fac, amal, "vote_for_products", "/v1/product-ballots/{id}/votes/me");
        let telling = || {
            let known = world.everything().into_iter().filter(|row| row.starts_with("product_votes: "));
            let (telling, others): (Vec<String>, Vec<String>) =
                known.partition(|row| all.iter().any(|id| row.contains(id.as_str().unwrap())));
            (telling.len(), others.len())
        };
        assert_eq!(telling(), (3, 0));
        end(&fac, &ballot, "closed").is(200);
        assert_eq!(telling(), (0, 3), "it is known who has voted, and not how");
        vote(sami, &ballot, &[0]).problem(409, "conflict");
        amal.get(&format!("{ballot}/votes/me")).problem(404, "not_found");
        let counted = sami.get(&ballot).is(200).json;
        assert_eq!((&counted["voted"], &counted["has_voted"]), (&json!(3), &json!(false)));
        assert_eq!(amal.get(&ballot).is(200).json["has_voted"], true);
        let votes = counted["result"]["votes"].as_array().unwrap();
        let mut expected = vec![json!([all[2], all[1]]), json!([all[1]]), json!([all[2], all[0]])];
        expected.sort_by_key(ToString::to_string);
        let mut found = votes.clone();
        found.sort_by_key(ToString::to_string);
        assert_eq!(found, expected);
        // Of a ballot that is cancelled nothing is left.
        let next = open_ballot(&fac, &[]);
        vote(amal, &next, &[0]).is(204);
        end(&fac, &next, "cancelled").is(200);
        assert_eq!(amal.get(&next).is(200).json["voted"], 0);
    }

    fn a_vote_that_comes_while_votes_are_counted_counts_or_is_refused(world: World) {
        let fac = world.fac(1, 6);
        let ballot = open_ballot(&fac, &owners(&world, 3));
        for student in &fac.students[..3] {
            vote(student, &ballot, &[0]).is(204);
        }
        let taken: usize = thread::scope(|scope| {
            let late: Vec<_> = fac.students[3..].iter().map(|student| scope.spawn(|| vote(student, &ballot, &[1]).status)).collect();
            scope.spawn(|| end(&fac, &ballot, "closed").is(200));
            late.into_iter().map(|one| one.join().unwrap()).filter(|status| {
                assert!([204, 409].contains(status), "{status}");
                *status == 204
            }).count()
        });
        let seen = fac.students[0].get(&ballot).is(200).json;
        assert_eq!((&seen["voted"], seen["result"]["votes"].as_array().unwrap().len()), (&json!(3 + taken), 3 + taken));
    }

    fn anybody_counts_again_and_a_tie_goes_by_the_seed(world: World) {
        let fac = world.fac(1, 4);
        let ballot = open_ballot(&fac, &owners(&world, 4));
        let committed = fac.students[0].get(&ballot).is(200).json["commitment"].clone();
        // All have one vote.
        for (at, student) in fac.students.iter().enumerate() {
            vote(student, &ballot, &[at]).is(204);
        }
        end(&fac, &ballot, "closed").is(200);
        let seen = fac.students[0].get(&ballot).is(200).json;
        assert_eq!(seen["commitment"], committed);
        assert_eq!(seen["result"]["rounds"][0]["by_lot"], true);
        let chosen: BTreeSet<String> = seen["result"]["chosen"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        assert_eq!((chosen.len(), &chosen), (2, &recount(&seen)));
        // What is withdrawn meanwhile is struck off.
        let next = open_ballot(&fac, &[]);
        let all = candidates(&fac.students[0], &next);
        for student in &fac.students {
            vote(student, &next, &[0, 1]).is(204);
        }
        step(&fac.facilitator, &format!("/v1/clients/{}", all[0].as_str().unwrap()), "withdrawn").is(200);
        end(&fac, &next, "closed").is(200);
        let seen = fac.students[0].get(&next).is(200).json;
        let chosen: BTreeSet<String> = seen["result"]["chosen"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        assert_eq!((&seen["result"]["left_out"], &chosen), (&json!([all[0]]), &recount(&seen)));
        assert!(chosen.contains(all[1].as_str().unwrap()));
    }

    fn students_wish_and_the_staff_form_even_teams(world: World) {
        let fac = world.fac(1, 5);
        let olive = world.person("Olive");
        let ballot = open_ballot(&fac, &[olive.clone(), world.person("Pia"), world.person("Quinn")]);
        let wish = |who: &User, ranked: &[&Value]| who.put(&format!("{ballot}/wishes/me"), json!({ "ranked": ranked }));
        wish(&fac.students[0], &[&json!(fac.cohort)]).problem(409, "conflict");
        fac.facilitator.get(&format!("{ballot}/team-suggestion")).problem(409, "conflict");
        let chosen = chosen(&fac, &ballot);
        let all = candidates(&fac.students[0], &ballot);
        let lost = all.iter().find(|id| !chosen.contains(id)).unwrap();
        wish(&fac.students[0], &[lost]).field("/ranked/0", "not_found");
        wish(&fac.facilitator, &[&chosen[0]]).problem(403, "forbidden");
        // Four would like the first; two of them the other one as well.
        for (at, ranked) in [(0, vec![0]), (1, vec![0]), (2, vec![0, 1]), (3, vec![0, 1])] {
            let ranked: Vec<&Value> = ranked.into_iter().map(|place: usize| &chosen[place]).collect();
            wish(&fac.students[at], &ranked).is(200);
        }
        assert_eq!(fac.students[2].get(&format!("{ballot}/wishes/me")).is(200).json["ranked"], json!([chosen[0], chosen[1]]));
        fac.students[4].get(&format!("{ballot}/wishes/me")).problem(404, "not_found");
        fac.students[0].get(&format!("{ballot}/wishes")).problem(403, "forbidden");
        let wishes = fac.facilitator.get(&format!("{ballot}/wishes")).is(200);
        assert_eq!(wishes.data().iter().filter(|one| one["ranked"] == json!([])).count(), 1);
        let suggested = fac.facilitator.get(&format!("{ballot}/team-suggestion")).is(200).json;
        assert_eq!(fac.facilitator.get(&format!("{ballot}/team-suggestion")).is(200).json, suggested, "the same wishes, the same teams");
        let mut sizes: Vec<usize> = suggested["teams"].as_array().unwrap().iter().map(|team| team["members"].as_array().unwrap().len()).collect();
        sizes.sort_unstable();
        assert_eq!((sizes, &suggested["by_rank"], &suggested["without_wish"]), (vec![2, 3], &json!([3, 1]), &json!(1)));
        let body = |teams: &Value| {
            let team = |team: &Value| {
                let members: Vec<&Value> = team["members"].as_array().unwrap().iter().map(|one| &one["person"]["id"]).collect();
                json!({"client_id": team["client_id"], "members": members})
            };
            json!({"teams": teams.as_array().unwrap().iter().map(team).collect::<Vec<_>>()})
        };
        // Fewer owners than teams: each product has two.
        let twice = fac.facilitator.get(&format!("{ballot}/team-suggestion?teams_per_product=2")).is(200).json;
        let mut numbers: Vec<i64> = twice["teams"].as_array().unwrap().iter().map(|team| team["number"].as_i64().unwrap()).collect();
        numbers.sort_unstable();
        assert_eq!((numbers, &twice["by_rank"], &twice["without_wish"]), (vec![1, 1, 2, 2], &suggested["by_rank"], &suggested["without_wish"]));
        for wrong in ["0", "11", "two"] {
            fac.facilitator.get(&format!("{ballot}/team-suggestion?teams_per_product={wrong}")).problem(400, "invalid_parameter");
        }
        let teams = body(&suggested["teams"]);
        let set = |who: &User, body: &Value| who.put(&format!("{ballot}/teams"), body.clone());
        set(&fac.students[0], &teams).problem(403, "forbidden");
        set(&fac.facilitator, &json!({"teams": [{"client_id": lost, "members": [fac.students[0].id]}]})).field("/teams/0/client_id", "invalid");
        set(&fac.facilitator, &json!({"teams": [{"client_id": chosen[0], "members": [fac.facilitator.id]}]})).field("/teams/0/members/0", "invalid");
        let client = |id: &Value| fac.facilitator.get(&format!("/v1/clients/{}", id.as_str().unwrap())).is(200).json;
        assert_eq!(client(&chosen[0])["status"], "research_received", "a refusal changes nothing");
        set(&fac.facilitator, &teams).is(200);
        for id in &chosen {
            assert_eq!(client(id)["status"], "project");
        }
        assert_eq!(client(lost)["status"], "research_received");
        let seen = fac.students[0].get(&format!("{ballot}/teams")).is(200);
        assert_eq!(json!(seen.data()), suggested["teams"]);
        world.mail();
        let notice = fac.students[4].get("/v1/me/notifications").is(200).data()[0].clone();
        assert_eq!(notice["title"].as_str().map(|title| title.starts_with("You are in a team for one of the products")), Some(true), "{notice}");
        if chosen.iter().any(|id| client(id)["owners"][0]["id"] == json!(olive.id)) {
            assert!(letters(&world, &olive).pop().unwrap().contains("has begun to build"));
        }
        let twice = body(&twice["teams"]);
        set(&fac.facilitator, &twice).is(200);
        let seen = fac.students[0].get(&format!("{ballot}/teams")).is(200);
        let seen = body(&json!(seen.data()));
        assert_eq!(seen, twice, "several teams of a product stay apart");
        // Then wishes are no longer taken, and the staff change teams by hand.
        wish(&fac.students[4], &[&chosen[0]]).problem(409, "conflict");
        let by_hand = json!({"teams": [{"client_id": chosen[1], "members": [fac.students[4].id]}]});
        set(&fac.facilitator, &by_hand).is(200);
        assert_eq!(fac.students[4].get(&format!("{ballot}/teams")).is(200).data().len(), 1);
        step(&fac.facilitator, &format!("/v1/clients/{}", chosen[0].as_str().unwrap()), "withdrawn").is(200);
        set(&fac.facilitator, &teams).problem(409, "conflict");
    }
}
