//! Employers with their contacts, the roles that the staff approve, and graduates who are asked.

use serde_json::{Value, json};

use super::{Campus, Person, Phone, Year, text};

pub const EMPLOYERS: usize = 6;
/// What each pays in.
const CURRENCIES: [&str; EMPLOYERS] = ["GBP", "GBP", "EUR", "JPY", "GBP", "EUR"];

/// An employer with who acts for it and its role.
pub struct Employer {
    pub contact: Person,
    pub path: String,
    pub role: String,
    pub currency: &'static str,
    /// What the contact is told of.
    pub phone: Phone,
}

/// A graduate who was asked about a role.
pub struct Introduction {
    pub path: String,
    /// Who, by their number among the applicants.
    pub graduate: usize,
    pub employer: usize,
    /// Where it is for the staff.
    pub status: &'static str,
    /// Whether the employer has ever been allowed to see it.
    pub is_known: bool,
    /// Whether the employer may see the graduate now.
    pub is_live: bool,
}

/// Those of London, and the one employer of Gaza.
#[derive(Default)]
pub struct Careers {
    pub london: Vec<Employer>,
    pub gaza: Option<Employer>,
    pub introductions: Vec<Introduction>,
    pub gaza_introduction: String,
    pub fees: Vec<super::fees::Fee>,
}

impl Year {
    /// An employer with a contact, whose role is public.
    pub fn employer(&self, campus: &Campus, name: &str, currency: &'static str) -> Employer {
        let staff = &campus.facilitator;
        let new = json!({"name": format!("{name} Software"), "agreement_from": self.date(30, 0)});
        let id = self.service.post(staff, &campus.path("/employers"), new).is(201).id();
        let path = format!("/v1/employers/{id}");
        let contact = self.service.person(name);
        let appointed = format!("{path}/contacts/{}", contact.id);
        self.service.put(staff, &appointed, Value::Null).is(404);
        self.service.join(&contact, &campus.id);
        self.service.put(staff, &appointed, Value::Null).is(204);
        let role = json!({
            "title": format!("Developer at {name}"), "text": "You build the box office.", "remote": true,
            "pay": {"minimum": 3_000_000, "maximum": 3_600_000, "currency": currency, "per": "year"}, "expires_on": self.date(44, 0),
        });
        let role = self.service.post(&contact, &format!("{path}/roles"), role).is(201);
        assert_eq!(role.json["status"], "submitted");
        let role = format!("/v1/roles/{}", role.id());
        self.service.ask(None, "GET", &role, &Value::Null).is(404);
        self.publish(staff, &contact, &role);
        Employer {
            phone: Phone::new(&self.service, &contact),
            contact,
            path,
            role,
            currency,
        }
    }

    /// Only the staff approve, and only what they have read.
    fn publish(&self, staff: &Person, contact: &Person, role: &str) {
        let (status, published) = (format!("{role}/status"), json!({"status": "published"}));
        let seen = self.service.get(staff, role).is(200);
        self.service
            .put_if(contact, &seen.etag, &status, published.clone())
            .is(403);
        self.service.put(staff, &status, published.clone()).is(428);
        self.service.put_if(staff, &seen.etag, &status, published).is(200);
    }

    fn on_the_board(&self, campus: &Campus) -> usize {
        let board = campus.path("/roles");
        self.service.ask(None, "GET", &board, &Value::Null).is(200).data().len()
    }

    pub fn find_roles(&mut self) {
        self.go_to(30, 1, 10);
        let names = ["Vera", "Walt", "Xena", "Yusuf", "Zoe", "Aldo"];
        let all = names.into_iter().zip(CURRENCIES);
        self.careers.london = all
            .map(|(name, currency)| self.employer(&self.london, name, currency))
            .collect();
        self.careers.gaza = Some(self.employer(&self.gaza, "Basma", "ILS"));
        assert_eq!(
            (self.on_the_board(&self.london), self.on_the_board(&self.gaza)),
            (EMPLOYERS, 1)
        );
        // What was approved and is changed is read again before it is public.
        let first = &self.careers.london[0];
        let seen = self.service.get(&self.london.facilitator, &first.role).is(200);
        self.service
            .patch(&first.contact, &first.role, json!({"title": "Senior developer"}))
            .is(200);
        assert_eq!(self.on_the_board(&self.london), EMPLOYERS - 1);
        let (status, published) = (format!("{}/status", first.role), json!({"status": "published"}));
        self.service
            .put_if(&self.london.facilitator, &seen.etag, &status, published)
            .is(412);
        self.publish(&self.london.facilitator, &first.contact, &first.role);
        assert_eq!(self.on_the_board(&self.london), EMPLOYERS);
    }

    pub fn ask(&self, campus: &Campus, role: &str, graduate: &Person) -> String {
        let new = json!({"person_id": graduate.id, "message": "They look for somebody who likes maps."});
        let path = format!("{role}/introductions");
        let asked = self.service.post(&campus.facilitator, &path, new.clone()).is(201);
        let again = self.service.post(&campus.facilitator, &path, new).is(409);
        assert_eq!(again.json["introduction_id"], json!(asked.id()));
        format!("/v1/introductions/{}", asked.id())
    }

    /// Each graduate is asked about one role, and no employer learns of it.
    pub fn ask_graduates(&mut self) {
        self.go_to(31, 0, 10);
        let graduates = self.ledgers[super::LONDON].having("accepted");
        for (number, graduate) in graduates.into_iter().enumerate() {
            let (employer, who) = (number % EMPLOYERS, &self.applicants[graduate]);
            let profile = json!({"headline": "Used to run a kitchen", "skills": ["TypeScript", "SQL"]});
            self.service.put(who, "/v1/me/career-profile", profile).is(200);
            let path = self.ask(&self.london, &self.careers.london[employer].role, who);
            self.careers.introductions.push(Introduction {
                path,
                graduate,
                employer,
                status: "asked",
                is_known: false,
                is_live: false,
            });
        }
        self.check_introductions();
    }

    /// Staff see where each is; an employer sees those that it was ever allowed to, and a graduate as long as the consent holds.
    #[track_caller]
    pub fn check_introductions(&mut self) {
        for one in &self.careers.introductions {
            let graduate = &self.applicants[one.graduate];
            let employer = &self.careers.london[one.employer];
            let at_staff = self.service.get(&self.london.facilitator, &one.path).is(200).json;
            assert_eq!(
                (&at_staff["status"], &at_staff["person"]["id"]),
                (&json!(one.status), &json!(graduate.id)),
                "{}",
                one.path
            );
            let profile = format!("{}/profile", one.path);
            let seen = self.service.get(&employer.contact, &profile);
            let of_staff = self.service.get(&self.london.facilitator, &profile);
            assert_eq!(
                [seen.status, of_staff.status],
                [if one.is_live { 200 } else { 404 }; 2],
                "{}",
                one.path
            );
            if one.is_live {
                assert_eq!(
                    (&seen.json["email"], &seen.json["headline"]),
                    (&json!(graduate.email), &json!("Used to run a kitchen"))
                );
            }
            let at_employer = self.service.get(&employer.contact, &one.path);
            assert_eq!(at_employer.status, if one.is_known { 200 } else { 404 });
            if one.is_known {
                let status = if one.is_live { one.status } else { "withdrawn" };
                assert_eq!(at_employer.json["status"], status, "{}", one.path);
            }
        }
        self.check_employers();
    }

    /// Whatever else an employer reads names no graduate: answers, notices, changes and mail.
    fn check_employers(&mut self) {
        let own = self
            .careers
            .introductions
            .iter()
            .map(|one| &self.applicants[one.graduate]);
        let words: Vec<String> = own
            .flat_map(|graduate| [graduate.id.clone(), graduate.email.clone()])
            .collect();
        for (number, employer) in self.careers.london.iter_mut().enumerate() {
            employer.phone.read(&self.service, &employer.contact);
            let list = format!("{}/introductions", employer.role);
            let listed = self.service.get(&employer.contact, &list).is(200);
            let known = self
                .careers
                .introductions
                .iter()
                .filter(|one| one.employer == number && one.is_known);
            assert_eq!(listed.data().len(), known.count());
            let mut read = vec![listed.text, json!(employer.phone.changes).to_string()];
            let paths = [
                "/v1/me/notifications?limit=100",
                "/v1/me/export",
                "/v1/me/employers",
                &employer.path,
                &employer.role,
            ];
            read.extend(paths.map(|path| self.service.get(&employer.contact, path).is(200).text));
            read.extend(
                self.service
                    .letters_to(&employer.contact.email)
                    .into_iter()
                    .map(|(_, text)| text),
            );
            for word in &words {
                assert!(
                    !read.iter().any(|text| text.contains(word)),
                    "{} learns of {word}",
                    text(&json!(employer.path))
                );
            }
        }
    }
}
