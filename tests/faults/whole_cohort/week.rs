//! A week of a simulation.

use rand::Rng as _;
use serde_json::{Value, json};

use super::{Cohort, LATE, LEAVER, Person, checks::ids};
use crate::process::text;

impl Cohort {
    /// The Friday before: who will be missing is noted, teams are formed and shown.
    pub fn prepare(&mut self, week: i32, with_project: bool) {
        self.go_to(week, -4, 12);
        self.mentors_before(week);
        self.go_to(week, -3, 9);
        self.change_events(week);
        self.done.absent.clear();
        if !with_project {
            return;
        }
        let staying: Vec<usize> = (0..self.students.len())
            .filter(|number| self.is_there(*number, week))
            .collect();
        let absent = self.draw(&staying, usize::from(week % 3 == 0));
        for number in &absent {
            let student = &self.students[*number];
            let absence = self.path(&format!("/weeks/{week}/absences/{}", student.id));
            self.service
                .put(student, &absence, json!({"reason": "An exam."}))
                .is(204);
        }
        self.done.absent = absent;
        let wanted = json!({"from_week": week, "to_week": week, "team_size": {"min": 3, "max": 5}, "effort": "quick"});
        let plan = self
            .service
            .post(&self.facilitator, &self.path("/team-plans"), wanted)
            .is(201);
        let publication = format!("/v1/team-plans/{}/publication", plan.id());
        self.service
            .post_if(&self.facilitator, &plan.etag, &publication, json!({}))
            .is(200);
    }

    /// Whether a student takes part in a week, absences apart.
    pub fn is_there(&self, number: usize, week: i32) -> bool {
        number != LEAVER.0 || week < LEAVER.1
    }

    /// Somebody leaves, somebody comes; the facilitator sees it in two requests, and students see their week in one.
    pub fn monday(&mut self, week: i32, with_project: bool) {
        self.go_to(week, 0, 8);
        if week == LEAVER.1 {
            let place = self.path(&format!("/enrolments/{}", self.students[LEAVER.0].id));
            self.service
                .patch(&self.facilitator, &place, json!({"status": "withdrawn"}))
                .is(200);
            self.check_left(&self.students[LEAVER.0].id);
        }
        if week == LATE {
            let late = self.service.person("Late");
            self.service
                .put(&late, &format!("/v1/campuses/{}/members/me", self.campus), Value::Null)
                .is(204);
            let enrolment = json!({"person_id": late.id, "joined_on": self.starts_on + chrono::Days::new(21)});
            self.service
                .post(&self.facilitator, &self.path("/enrolments"), enrolment)
                .is(201);
            self.students.push(late);
        }
        let attention = self.service.get(&self.facilitator, &self.path("/attention")).is(200);
        let board = self
            .service
            .get(&self.facilitator, &self.path(&format!("/board?week={week}")))
            .is(200);
        assert_eq!(board.json["week"]["number"], week);
        let kinds: Vec<String> = attention.data().iter().map(|one| text(&one["kind"])).collect();
        if week == LEAVER.1 || week == LATE {
            let kind = if week == LATE { "without_team" } else { "left_team" };
            assert!(kinds.iter().any(|one| one == kind), "{kinds:?}");
            let (staff, repairs, reason) = (&self.facilitator, self.path("/team-repairs"), "Somebody came or left.");
            let tried = self
                .service
                .post(staff, &repairs, json!({"reason": reason, "dry_run": true}))
                .is(200);
            self.service
                .post_if(staff, &tried.etag, &repairs, json!({"reason": reason}))
                .is(201);
        }
        if !with_project {
            return;
        }
        for number in 0..self.students.len() {
            if !self.is_there(number, week) {
                continue;
            }
            let student = &self.students[number];
            let own = self.service.get(student, "/v1/me/week").is(200);
            assert_eq!(own.json["week"]["number"], week, "{}", own.json);
            assert_eq!(
                own.json["team"].is_null(),
                self.done.absent.contains(&number),
                "{}",
                own.json
            );
            self.check_open_actions(number, &own.json);
        }
    }

    /// Everybody writes at once, and the power goes.
    pub fn wednesday(&mut self, week: i32) {
        self.go_to(week, 2, 14);
        let teams = self.teams(week);
        let moment = std::time::Duration::from_millis(self.rng.random_range(20..300));
        let (service, hook, discoveries) = (&self.service, &self.hook, self.path("/discoveries"));
        let present = (0..self.students.len()).filter(|number| self.is_there(*number, week));
        let students: Vec<&Person> = present.map(|number| &self.students[number]).collect();
        let (shared, submitted) = std::thread::scope(|scope| {
            let share = students.iter().map(|student| {
                let found = json!({"title": format!("Week {week}"), "url": "https://example.org/", "kind": "article", "topic": "css"});
                let discoveries = &discoveries;
                scope.spawn(move || service.post(student, discoveries, found).is(201).id())
            });
            let share: Vec<_> = share.collect();
            let submit = teams.iter().map(|(team, members)| {
                let member = students.iter().find(|student| members.contains(&student.id)).unwrap();
                let work = json!({"repository_url": format!("https://example.org/{team}"), "week": week});
                scope.spawn(move || {
                    service
                        .post(member, &format!("/v1/teams/{team}/submissions"), work)
                        .is(201)
                        .id()
                })
            });
            let submit: Vec<_> = submit.collect();
            std::thread::sleep(moment);
            hook.set_down(true);
            service.power_cut();
            hook.set_down(false);
            let shared: Vec<String> = share.into_iter().map(|one| one.join().unwrap()).collect();
            let submitted: Vec<String> = submit.into_iter().map(|one| one.join().unwrap()).collect();
            (shared, submitted)
        });
        self.done.discoveries.extend(shared);
        self.done.submissions.extend(submitted);
    }

    /// The teams of a week with their members.
    pub fn teams(&self, week: i32) -> Vec<(String, Vec<String>)> {
        let teams = self
            .service
            .get(&self.facilitator, &self.path(&format!("/weeks/{week}/teams")))
            .is(200);
        let member = |member: &Value| text(&member["person"]["id"]);
        let of = |team: &Value| {
            (
                text(&team["id"]),
                team["members"].as_array().unwrap().iter().map(member).collect(),
            )
        };
        teams.data().iter().map(of).collect()
    }

    /// One team is late; each reviews another, and only whoever raised an issue closes it.
    pub fn friday(&mut self, week: i32) {
        self.go_to(week, 4, 18);
        let teams = self.teams(week);
        let members = |team: &str| {
            let of = teams
                .iter()
                .find(|(id, _)| id == team)
                .map(|(_, members)| members)
                .unwrap();
            self.students.iter().filter(move |student| of.contains(&student.id))
        };
        let (late, _) = &teams[0];
        let work = json!({"repository_url": "https://example.org/late", "week": week});
        let author = members(late).next().unwrap();
        let submission = self
            .service
            .post(author, &format!("/v1/teams/{late}/submissions"), work)
            .is(201);
        assert_eq!(submission.json["late"], true, "{}", submission.json);
        self.done.submissions.push(submission.id());

        let path = self.path(&format!("/weeks/{week}/code-reviews"));
        let reviews = self.service.post(&self.facilitator, &path, Value::Null).is(201);
        assert_eq!(reviews.data().len(), teams.len());
        for review in reviews.data() {
            let [reviewing, reviewed] = ["reviewer_team", "reviewed_team"].map(|team| text(&review[team]["id"]));
            assert_ne!(reviewing, reviewed);
            let (raiser, other) = (members(&reviewing).next().unwrap(), members(&reviewing).nth(1).unwrap());
            let issues = format!("/v1/code-reviews/{}/issues", text(&review["id"]));
            let issue = json!({"title": "Focus is lost", "body": "After closing the dialogue."});
            let issue = self.service.post(raiser, &issues, issue).is(201).id();
            let path = format!("/v1/review-issues/{issue}");
            let answered = json!({"status": "answered", "answer": "Mended."});
            self.service
                .patch(members(&reviewed).next().unwrap(), &path, answered)
                .is(200);
            self.service.patch(other, &path, json!({"status": "closed"})).is(403);
            self.service.patch(raiser, &path, json!({"status": "closed"})).is(200);
        }
        self.done.reviews.extend(ids(reviews.data()));
    }
}
