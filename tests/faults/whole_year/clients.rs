//! Organisations that come to the cohort: eight apply, one never signs, and all are reminded only of what they have not done.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};

use super::{Campus, Person, Year, text};
use crate::{until, whole_cohort::asking::Answer};

pub const CLIENTS: usize = 8;
/// Who never signs the agreement, and withdraws.
pub const UNSIGNED: usize = 6;
/// Who withdraws while the cohort votes.
pub const WITHDRAWING: usize = 7;
/// Who signs at the last moment before a reminder.
const SLOW: usize = 4;
/// Who misses the workshop and comes to another one.
const MISSING: usize = 5;
/// Who is asked for feedback again.
pub const SILENT: usize = 0;

/// An organisation with its product owner.
pub struct Client {
    pub owner: Person,
    pub path: String,
    /// Where the script has brought it.
    pub status: &'static str,
    /// How often it was to be reminded.
    pub reminders: usize,
}

impl Client {
    pub fn id(&self) -> &str {
        self.path.rsplit('/').next().unwrap()
    }
}

/// Those of London, and the one of Gaza.
#[derive(Default)]
pub struct Clients {
    pub london: Vec<Client>,
    pub gaza: Option<Client>,
    workshops: Vec<String>,
    pub ballot: String,
    /// Which clients have a team, and who is in it.
    pub teams: BTreeMap<usize, Vec<String>>,
}

impl Clients {
    /// Which client of London has this id.
    pub fn number(&self, id: &str) -> usize {
        self.london.iter().position(|client| client.id() == id).unwrap()
    }

    pub fn having(&self, status: &str) -> Vec<usize> {
        let all = self.london.iter().enumerate();
        all.filter(|(_, client)| client.status == status)
            .map(|(at, _)| at)
            .collect()
    }
}

impl Year {
    fn client(&self, campus: &Campus, name: &str) -> Client {
        let owner = self.service.person(name);
        let new = json!({"name": format!("Organisation of {name}"), "about": "Shifts are on paper."});
        let id = self.service.post(&owner, &campus.path("/clients"), new).is(201).id();
        Client {
            owner,
            path: format!("/v1/clients/{id}"),
            status: "applied",
            reminders: 0,
        }
    }

    /// A step of a client, with what comes with it.
    pub fn take(&self, who: &Person, client: &Client, status: &str) -> Answer {
        let mut step = json!({ "status": status });
        if status == "agreement_sent" {
            step["url"] = json!("https://example.org/agreement");
        }
        if ["research_received", "exit_feedback"].contains(&status) {
            step["note"] = json!("Volunteers have telephones, and no computers.");
        }
        self.service.put(who, &format!("{}/status", client.path), step)
    }

    /// Steps of the staff for some clients.
    pub fn step(&mut self, numbers: &[usize], status: &'static str) {
        for number in numbers {
            self.take(&self.london.facilitator, &self.clients.london[*number], status)
                .is(200);
            self.clients.london[*number].status = status;
        }
    }

    /// Steps of the owners of some clients.
    pub fn owners_step(&mut self, numbers: &[usize], status: &'static str) {
        for number in numbers {
            let client = &self.clients.london[*number];
            self.take(&client.owner, client, status).is(200);
            self.clients.london[*number].status = status;
        }
    }

    pub fn invite_clients(&mut self) {
        self.go_to(13, 6, 10);
        for campus in [&self.london, &self.gaza] {
            let terms = json!({"open": true, "answer_days": 7, "about": "Free of charge."});
            self.service
                .put(&campus.organiser, &campus.path("/client-terms"), terms)
                .is(200);
        }
        let names: Vec<String> = (0..CLIENTS).map(|number| format!("Owner{number}")).collect();
        self.clients.london = names.iter().map(|name| self.client(&self.london, name)).collect();
        self.clients.gaza = Some(self.client(&self.gaza, "Yara"));
        let again = json!({"name": "Once more", "about": "The same."});
        let first = &self.clients.london[0];
        let refused = self
            .service
            .post(&first.owner, &self.london.path("/clients"), again)
            .is(409);
        assert_eq!(refused.json["client_id"], json!(first.id()));
        let all: Vec<usize> = (0..CLIENTS).collect();
        self.step(&all[..4], "acknowledged");
        self.step(&all, "invited");
    }

    fn workshop(&mut self, day: i64, places: usize) -> String {
        let time = |hour: &str| format!("{}T{hour}", self.date(15, day));
        let new =
            json!({"starts_at": time("18:00"), "ends_at": time("20:00"), "place": "Finsbury Park", "places": places});
        let made = self
            .service
            .post(&self.london.facilitator, &self.london.path("/client-workshops"), new)
            .is(201);
        let path = format!("/v1/client-workshops/{}", made.id());
        self.clients.workshops.push(path.clone());
        path
    }

    fn book_workshop(&self, client: &Client, workshop: &str) -> Answer {
        let id = workshop.rsplit('/').next().unwrap();
        self.service.put(
            &client.owner,
            &format!("{}/workshop", client.path),
            json!({ "workshop_id": id }),
        )
    }

    /// All run for the workshop with few places; who gets none comes to the other.
    pub fn book_workshops(&mut self) {
        let (small, large) = (self.workshop(1, 3), self.workshop(2, 5));
        let first = &self.clients.london[0];
        self.take(&first.owner, first, "workshop_booked").is(409);
        let booked: Vec<u16> = std::thread::scope(|scope| {
            let (year, small) = (&*self, &small);
            let clients = year.clients.london.iter();
            let asked: Vec<_> = clients
                .map(|client| scope.spawn(move || year.book_workshop(client, small).status))
                .collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(booked.iter().filter(|status| **status == 200).count(), 3, "{booked:?}");
        for (number, status) in booked.into_iter().enumerate() {
            if status != 200 {
                assert_eq!(status, 409);
                self.book_workshop(&self.clients.london[number], &large).is(200);
            }
            self.clients.london[number].status = "workshop_booked";
        }
        for path in [&small, &large] {
            assert_eq!(self.places_left(path), 0);
        }
    }

    fn places_left(&self, workshop: &str) -> usize {
        let seen = self.service.get(&self.london.facilitator, workshop).is(200).json;
        let (places, clients) = (
            seen["places"].as_u64().unwrap(),
            seen["clients"].as_array().unwrap().len(),
        );
        assert_eq!(seen["places_left"].as_u64().unwrap() + clients as u64, places);
        seen["places_left"].as_u64().unwrap() as usize
    }

    /// Most sign, one in the last hour before a reminder; only who has not is reminded, and withdraws.
    pub fn sign(&mut self) {
        let all: Vec<usize> = (0..CLIENTS).collect();
        self.step(&all, "agreement_sent");
        let prompt: Vec<usize> = all
            .into_iter()
            .filter(|number| ![SLOW, UNSIGNED].contains(number))
            .collect();
        self.owners_step(&prompt, "agreement_signed");
    }

    fn reminded(&self, client: &Client) -> usize {
        let subjects = self.subjects(&client.owner).into_iter();
        subjects.filter(|subject| subject.contains("is waiting for")).count()
    }

    /// All that is due has come, and nobody was reminded who has answered.
    #[track_caller]
    pub fn check_reminders(&self) {
        for client in &self.clients.london {
            let within = Duration::from_secs(30);
            until(
                within,
                |sent: &usize| *sent >= client.reminders,
                || self.reminded(client),
            );
            assert_eq!(self.reminded(client), client.reminders, "{}", client.path);
        }
    }

    /// The agreement was sent eight days ago; then the workshops take place.
    pub fn hold_workshops(&mut self) {
        self.go_to(14, 6, 9);
        self.owners_step(&[SLOW], "agreement_signed");
        self.go_to(14, 6, 18);
        self.let_time_pass();
        self.clients.london[UNSIGNED].reminders += 1;
        self.check_reminders();
        let place = self.clients.workshops.iter().find(|workshop| {
            let seen = self.service.get(&self.london.facilitator, workshop).is(200);
            seen.text.contains(self.clients.london[UNSIGNED].id())
        });
        let place = place.unwrap().clone();
        self.owners_step(&[UNSIGNED], "withdrawn");
        assert_eq!(self.places_left(&place), 1);

        let note = |year: &Self, workshop: &str, number: usize, attended: bool| {
            let path = format!("{workshop}/attendances/{}", year.clients.london[number].id());
            year.service
                .put(&year.london.facilitator, &path, json!({ "attended": attended }))
        };
        let coming = self.clients.having("agreement_signed");
        let workshop_of = |year: &Self, number: usize| {
            let client = &year.clients.london[number];
            let seen = year.service.get(&client.owner, &client.path).is(200);
            format!("/v1/client-workshops/{}", text(&seen.json["workshop"]["id"]))
        };
        let places: Vec<String> = coming.iter().map(|number| workshop_of(self, *number)).collect();
        note(self, &places[0], coming[0], true).is(409);
        self.go_to(15, 2, 20);
        for (number, workshop) in coming.iter().zip(&places) {
            let came = *number != MISSING;
            note(self, workshop, *number, came).is(200);
            self.clients.london[*number].status = if came { "attended" } else { "invited" };
        }
        let another = self.workshop(4, 2);
        self.book_workshop(&self.clients.london[MISSING], &another).is(200);
        self.step(&[MISSING], "agreement_sent");
        self.owners_step(&[MISSING], "agreement_signed");
        self.go_to(15, 4, 20);
        note(self, &another, MISSING, true).is(200);
        self.clients.london[MISSING].status = "attended";
        self.check_clients();

        let coming = self.clients.having("attended");
        assert_eq!(coming.len(), CLIENTS - 1);
        self.step(&coming, "research_asked");
        self.go_to(16, 2, 10);
        self.owners_step(&coming, "research_received");
        self.check_clients();
    }

    /// The staff see all where the script has brought them; each owner sees their own and no other.
    #[track_caller]
    pub fn check_clients(&self) {
        let listed = self
            .service
            .get(&self.london.facilitator, &self.london.path("/clients?limit=100"))
            .is(200);
        let found: BTreeMap<String, &Value> = listed
            .data()
            .iter()
            .map(|one| (text(&one["id"]), &one["status"]))
            .collect();
        assert_eq!(found.len(), CLIENTS);
        for client in &self.clients.london {
            assert_eq!(found[client.id()], client.status, "{}", client.path);
            let own = self.service.get(&client.owner, "/v1/me/clients").is(200);
            assert_eq!(
                (own.data().len(), text(&own.data()[0]["id"])),
                (1, client.id().to_owned())
            );
        }
    }
}
