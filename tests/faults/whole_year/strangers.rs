//! What each sees of the others: nothing.

use super::{Campus, GAZA, LONDON, Person, Year, text};

/// What the staff of a campus read.
const AT_CAMPUS: [&str; 7] = [
    "/clients",
    "/client-workshops",
    "/employers",
    "/referral-fees",
    "/referral-fee-sums",
    "/audit-entries",
    "/export",
];
/// What its people read in a cohort.
const IN_COHORT: [&str; 10] = [
    "/applications",
    "/applications-to-read",
    "/admission-panel",
    "/admission-ranking",
    "/admission-figures",
    "/interview-slots",
    "/intake/rubric",
    "/products",
    "/product-ballots",
    "/enrolments",
];

impl Year {
    #[track_caller]
    fn is_nothing_to(&self, who: &Person, paths: &[String]) {
        for path in paths {
            let answer = self.service.get(who, path);
            assert!(
                [403, 404].contains(&answer.status),
                "{} reads {path}: {}",
                who.email,
                answer.text
            );
        }
    }

    /// What there is of a campus, for its own people.
    fn inside(&self, campus: &Campus, of: usize) -> Vec<String> {
        let mut paths: Vec<String> = AT_CAMPUS.iter().map(|rest| campus.path(rest)).collect();
        paths.extend(IN_COHORT.iter().map(|rest| campus.of_cohort(rest)));
        for who in self.ledgers[of].all() {
            paths.push(self.ledgers[of].application(who, ""));
        }
        paths
    }

    pub fn look_from_outside(&mut self) {
        let mut london = self.inside(&self.london, LONDON);
        let mut private: Vec<String> = self.ledgers[LONDON].ids.values().cloned().collect();
        for client in &self.clients.london {
            london.extend(
                ["", "/workshops", "/hand-over", "/owner-invitations"].map(|rest| format!("{}{rest}", client.path)),
            );
            private.push(client.id().to_owned());
        }
        london.extend(
            ["", "/teams", "/wishes", "/team-suggestion", "/votes/me"]
                .map(|rest| format!("{}{rest}", self.clients.ballot)),
        );
        for employer in &self.careers.london {
            london.extend(["", "/roles"].map(|rest| format!("{}{rest}", employer.path)));
            london.extend(["", "/introductions"].map(|rest| format!("{}{rest}", employer.role)));
        }
        for one in &self.careers.introductions {
            london.extend(["", "/profile"].map(|rest| format!("{}{rest}", one.path)));
            private.push(one.path.rsplit('/').next().unwrap().to_owned());
        }
        london.extend(self.careers.fees.iter().map(|fee| fee.path.clone()));
        let (client, employer) = (self.clients.gaza.as_ref().unwrap(), self.careers.gaza.as_ref().unwrap());
        for who in [
            &self.gaza.organiser,
            &self.gaza.facilitator,
            &client.owner,
            &employer.contact,
        ] {
            self.is_nothing_to(who, &london);
        }

        let mut gaza = self.inside(&self.gaza, GAZA);
        gaza.extend(
            [
                &client.path,
                &employer.path,
                &employer.role,
                &self.careers.gaza_introduction,
            ]
            .map(Clone::clone),
        );
        let (first, second) = (&self.clients.london[0], &self.careers.london[0]);
        for who in [
            &self.london.organiser,
            &self.london.facilitator,
            &first.owner,
            &second.contact,
        ] {
            self.is_nothing_to(who, &gaza);
        }
        // Nor does anybody in London who acts for one see another.
        for client in &self.clients.london {
            let others = self.clients.london.iter().filter(|other| other.id() != client.id());
            self.is_nothing_to(
                &client.owner,
                &others.map(|other| other.path.clone()).collect::<Vec<_>>(),
            );
        }
        for employer in &self.careers.london {
            let others = self.careers.london.iter().filter(|other| other.path != employer.path);
            let paths = others.flat_map(|other| {
                [
                    other.path.clone(),
                    other.role.clone(),
                    format!("{}/introductions", other.role),
                ]
            });
            self.is_nothing_to(&employer.contact, &paths.collect::<Vec<_>>());
        }
        self.stranger.read(&self.service, &self.gaza.organiser);
        assert!(!self.stranger.changes.is_empty());
        for change in &self.stranger.changes {
            assert!(!private.contains(&text(&change["object"]["id"])), "{change}");
        }
    }
}
