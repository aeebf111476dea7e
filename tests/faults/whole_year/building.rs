//! Teams for what was chosen, and handing it over.

use std::collections::{BTreeMap, BTreeSet};

use rand::seq::SliceRandom;
use serde_json::{Value, json};

use super::{
    NEXT, Year,
    clients::{SILENT, UNSIGNED, WITHDRAWING},
    text,
};
use crate::whole_cohort::asking::Answer;

const ITEMS: [&str; 5] = ["demonstration", "readme", "backlog", "logins", "faults"];

impl Year {
    /// Students wish, all but one, and the staff set the teams as they are suggested.
    pub fn form_teams(&mut self) {
        self.go_to(18, 0, 10);
        let ballot = self.clients.ballot.clone();
        let seen = self.service.get(&self.london.facilitator, &ballot).is(200).json;
        let chosen: Vec<String> = seen["result"]["chosen"].as_array().unwrap().iter().map(text).collect();
        let count = self.students().len();
        for at in 0..count - 1 {
            let mut ranked = chosen.clone();
            ranked.shuffle(&mut self.rng);
            ranked.truncate(3);
            let wish = json!({ "ranked": ranked });
            self.service
                .put(self.students()[at], &format!("{ballot}/wishes/me"), wish)
                .is(200);
        }
        let staff = &self.london.facilitator;
        let suggested = self
            .service
            .get(staff, &format!("{ballot}/team-suggestion"))
            .is(200)
            .json;
        let of = |team: &Value| {
            let members = team["members"].as_array().unwrap().iter();
            let members: Vec<String> = members.map(|one| text(&one["person"]["id"])).collect();
            (text(&team["client_id"]), members)
        };
        let teams: BTreeMap<String, Vec<String>> = suggested["teams"].as_array().unwrap().iter().map(of).collect();
        let sizes: Vec<usize> = teams.values().map(Vec::len).collect();
        assert!(
            sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1,
            "{sizes:?}"
        );
        let members: BTreeSet<&String> = teams.values().flatten().collect();
        assert_eq!(members, self.students().iter().map(|student| &student.id).collect());
        assert_eq!(teams.values().flatten().count(), count, "somebody is in two teams");
        let by_rank = suggested["by_rank"].as_array().unwrap().iter();
        let wished: u64 = by_rank.map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(wished + suggested["without_wish"].as_u64().unwrap(), count as u64);
        assert_eq!(suggested["without_wish"], 1, "only whoever has no wish is without");

        let body = teams
            .iter()
            .map(|(client, members)| json!({"client_id": client, "members": members}));
        let body = json!({"teams": body.collect::<Vec<_>>()});
        self.service.put(staff, &format!("{ballot}/teams"), body).is(200);
        for (client, members) in teams {
            let number = self.clients.number(&client);
            self.clients.london[number].status = "project";
            self.clients.teams.insert(number, members);
        }
        self.check_clients();
        // What was not chosen is put up to the next cohort.
        let left = self.clients.having("research_received");
        let product = format!(
            "{}/products/{}",
            self.ledgers[NEXT].path,
            self.clients.london[left[0]].id()
        );
        self.service
            .put(staff, &product, json!({"summary": "Shifts on phones."}))
            .is(200);
        assert_eq!(left.len(), 1);
    }

    fn tick(&self, who: &super::Person, number: usize, item: &str) -> Answer {
        let path = format!("{}/hand-over/{item}", self.clients.london[number].path);
        self.service.put(who, &path, json!({"done": true}))
    }

    /// Teams tick off what is done, and nobody else does; one product is handed over without all of it, and a reason. Then
    /// owners say how it was, one only when asked again.
    pub fn hand_over(&mut self) {
        self.go_to(28, 0, 10);
        let built = self.clients.having("project");
        assert_eq!(built, self.clients.teams.keys().copied().collect::<Vec<_>>());
        for number in &built {
            let team = &self.clients.teams[number];
            let students = self.students();
            let (member, other) = (
                *students.iter().find(|student| team.contains(&student.id)).unwrap(),
                *students.iter().find(|student| !team.contains(&student.id)).unwrap(),
            );
            self.tick(other, *number, "readme").is(404);
            self.tick(&self.clients.london[*number].owner, *number, "readme")
                .is(403);
            let is_last = Some(number) == built.last();
            for item in ITEMS.iter().filter(|item| !is_last || **item != "logins") {
                self.tick(member, *number, item).is(200);
            }
        }
        self.go_to(28, 4, 10);
        let last = *built.last().unwrap();
        self.step(&built[..built.len() - 1], "completed");
        let refused = self
            .take(&self.london.facilitator, &self.clients.london[last], "completed")
            .is(409);
        assert_eq!(refused.json["missing"], json!(["logins"]));
        let status = format!("{}/status", self.clients.london[last].path);
        let why = json!({"status": "completed", "note": "The logins come with the new server."});
        self.service.put(&self.london.facilitator, &status, why).is(200);
        self.clients.london[last].status = "completed";

        self.go_to(29, 1, 10);
        let silent = if built.contains(&SILENT) { SILENT } else { built[0] };
        let prompt: Vec<usize> = built.iter().copied().filter(|number| *number != silent).collect();
        self.owners_step(&prompt, "exit_feedback");
        self.go_to(29, 5, 10);
        self.let_time_pass();
        self.clients.london[silent].reminders += 1;
        self.check_reminders();
        self.owners_step(&[silent], "exit_feedback");
        self.check_clients();
        assert_eq!(self.clients.having("withdrawn"), [UNSIGNED, WITHDRAWING]);
        assert_eq!(self.clients.having("exit_feedback").len(), 5);
        assert_eq!(self.clients.having("research_received").len(), 1);
    }
}
