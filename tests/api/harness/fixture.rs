//! A campus with a cohort and its students, written straight into the database: what most tests
//! begin with, without paying for the hundred requests that would make it.

use chrono::{Days, NaiveDate, TimeDelta};
use diesel::prelude::*;
use peerled::{
    authz::StaffRole,
    campuses::model::{Campus, MemberStatus},
    cohorts::model::{Cohort, CohortStatus, Phase, Project, Week},
    db::{Conn, schema},
    error::Result,
    primitives::{
        Id, Instant, Line, Slug, Text,
        time::{TimeZone, WorkWeek},
    },
    programmes::model::Programme,
    students::model::{Enrolment, EnrolmentStatus},
};

use super::{User, World};

/// FAC London with its people and one running cohort.
pub struct Fac {
    pub campus: String,
    pub cohort: String,
    pub organiser: User,
    pub facilitator: User,
    /// In the order of their names: `Student 01`, `Student 02`, …
    pub students: Vec<User>,
}

impl World {
    /// A campus with an organiser, a facilitator and a running cohort of so many weeks (from Monday
    /// 5 January 2026) and students.
    pub fn fac(&self, weeks: i32, students: usize) -> Fac {
        self.campus_with_cohort("fac", weeks, students)
    }

    /// The same with all of its weeks to come: from Monday 5 January 2099.
    pub fn coming_fac(&self, weeks: i32, students: usize) -> Fac {
        self.campus_with_cohort_from(date(2099, 1, 5), "fac", weeks, students)
    }

    /// The same under another name, for strangers from elsewhere.
    pub fn campus_with_cohort(&self, slug: &str, weeks: i32, students: usize) -> Fac {
        self.campus_with_cohort_from(date(2026, 1, 5), slug, weeks, students)
    }

    fn campus_with_cohort_from(&self, first: NaiveDate, slug: &str, weeks: i32, students: usize) -> Fac {
        let mut names = vec![format!("{slug} organiser"), format!("{slug} facilitator")];
        names.extend((1..=students).map(|n| format!("{slug} Student {n:02}")));
        let mut everybody = self.people(&names).into_iter();
        let (organiser, facilitator) = (everybody.next().unwrap(), everybody.next().unwrap());
        let students: Vec<User> = everybody.collect();
        let (campus, cohort) = (Id::new(), Id::new());
        let staff = [
            (id(&organiser), StaffRole::Organiser),
            (id(&facilitator), StaffRole::Facilitator),
        ];
        let enrolled: Vec<Id> = students.iter().map(id).collect();
        let slug = Slug::parse(slug).unwrap();
        self.db(move |conn| {
            insert_campus(conn, campus, &slug)?;
            for (person, role) in staff {
                insert_staff(conn, campus, person, role)?;
            }
            insert_cohort(conn, campus, cohort, &slug, (first, weeks))?;
            for person in &enrolled {
                insert_student(conn, campus, cohort, *person, EnrolmentStatus::Enrolled)?;
            }
            Ok(())
        });
        Fac {
            campus: campus.to_string(),
            cohort: cohort.to_string(),
            organiser,
            facilitator,
            students,
        }
    }

    /// Somebody who graduated from a cohort that ended before.
    pub fn alumnus(&self, fac: &Fac, name: &str) -> User {
        let user = self.person(name);
        let (person, campus, cohort) = (id(&user), Id::parse(&fac.campus).unwrap(), Id::new());
        let slug = Slug::parse(&format!("earlier-{cohort}")).unwrap();
        self.db(move |conn| {
            insert_cohort(conn, campus, cohort, &slug, (date(2026, 1, 5), 1))?;
            diesel::update(schema::cohorts::table.find(cohort))
                .set(schema::cohorts::status.eq(CohortStatus::Graduated))
                .execute(conn)?;
            insert_student(conn, campus, cohort, person, EnrolmentStatus::Graduated)
        });
        user
    }

    /// Moves a week of the cohort, of five days, so that it begins so many days from today.
    pub fn begin_week(&self, fac: &Fac, number: i32, days_from_now: i64) {
        let first = Instant::now().plus(TimeDelta::days(days_from_now)).date_in(zone());
        let week = schema::weeks::table.find((Id::parse(&fac.cohort).unwrap(), number));
        self.db(move |conn| {
            diesel::update(week)
                .set((
                    schema::weeks::starts_on.eq(first),
                    schema::weeks::ends_on.eq(first + Days::new(4)),
                ))
                .execute(conn)?;
            Ok(())
        });
    }

    /// Sets where the cohort is on its way, without what follows from a step.
    pub fn set_status(&self, fac: &Fac, status: &'static str) {
        let cohort = schema::cohorts::table.find(Id::parse(&fac.cohort).unwrap());
        self.db(move |conn| {
            diesel::update(cohort)
                .set(schema::cohorts::status.eq(status))
                .execute(conn)?;
            Ok(())
        });
    }

    /// Makes somebody a student of the cohort, or what has become of one.
    pub fn enrol(&self, fac: &Fac, user: &User, status: EnrolmentStatus) {
        let (campus, cohort) = (Id::parse(&fac.campus).unwrap(), Id::parse(&fac.cohort).unwrap());
        let person = id(user);
        self.db(move |conn| insert_student(conn, campus, cohort, person, status));
    }

    /// Changes what has become of a student of the cohort.
    pub fn enrol_again(&self, fac: &Fac, user: &User, status: EnrolmentStatus) {
        let enrolment = schema::enrolments::table.find((Id::parse(&fac.cohort).unwrap(), id(user)));
        self.db(move |conn| {
            diesel::update(enrolment)
                .set(schema::enrolments::status.eq(status))
                .execute(conn)?;
            Ok(())
        });
    }

    /// Runs `write` on the server's database.
    pub fn db<T: Send + 'static>(&self, write: impl Fn(&mut Conn) -> Result<T> + Send + 'static) -> T {
        self.state.db.write_blocking(write).unwrap()
    }
}

fn zone() -> TimeZone {
    TimeZone::parse("Europe/London").unwrap()
}

fn id(user: &User) -> Id {
    Id::parse(&user.id).unwrap()
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn insert_campus(conn: &mut Conn, id: Id, slug: &Slug) -> Result<()> {
    let now = Instant::now();
    let days = serde_json::from_str::<WorkWeek>(r#"["mon","tue","wed","thu","fri"]"#).unwrap();
    let campus = Campus {
        id,
        slug: slug.clone(),
        name: line(slug.as_str()),
        city: line("London"),
        country: line("United Kingdom"),
        time_zone: zone(),
        work_week: days,
        approves_members: false,
        require_second_factor: false,
        language: None,
        closed_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
        approved_at: None,
    };
    diesel::insert_into(schema::campuses::table)
        .values(&campus)
        .execute(conn)?;
    Ok(())
}

fn insert_staff(conn: &mut Conn, campus: Id, person: Id, role: StaffRole) -> Result<()> {
    use schema::campus_staff as staff;
    insert_member(conn, campus, person)?;
    diesel::insert_into(staff::table)
        .values((
            staff::campus_id.eq(campus),
            staff::person_id.eq(person),
            staff::role.eq(role),
            staff::created_at.eq(Instant::now()),
        ))
        .execute(conn)?;
    Ok(())
}

fn insert_member(conn: &mut Conn, campus: Id, person: Id) -> Result<()> {
    use schema::campus_members as members;
    diesel::insert_into(members::table)
        .values((
            members::campus_id.eq(campus),
            members::person_id.eq(person),
            members::status.eq(MemberStatus::Member),
            members::created_at.eq(Instant::now()),
        ))
        .execute(conn)?;
    Ok(())
}

fn insert_cohort(conn: &mut Conn, campus: Id, id: Id, slug: &Slug, (first, weeks): (NaiveDate, i32)) -> Result<()> {
    let now = Instant::now();
    let programme = Programme {
        id: Id::new(),
        campus_id: Some(campus),
        slug: slug.clone(),
        name: line("A programme"),
        description: None,
        roles: r#"["scrum_facilitator","ux_lead","qa","devops"]"#.into(),
        forked_from: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    diesel::insert_into(schema::programmes::table)
        .values(&programme)
        .execute(conn)?;
    let monday = |week: i32| first + Days::new(7 * (u64::try_from(week).unwrap() - 1));
    let cohort = Cohort {
        id,
        campus_id: campus,
        programme_id: programme.id,
        slug: slug.clone(),
        name: line(slug.as_str()),
        status: CohortStatus::Running,
        starts_on: first,
        ends_on: monday(weeks) + Days::new(4),
        version: 1,
        created_at: now,
        updated_at: now,
        previous_status: CohortStatus::Planned,
        status_changed_at: now,
    };
    diesel::insert_into(schema::cohorts::table)
        .values(&cohort)
        .execute(conn)?;
    for number in 1..=weeks {
        let project = Project {
            id: Id::new(),
            cohort_id: id,
            title: line(&format!("Project {number}")),
            brief: Text::parse("Build it together.").unwrap(),
            outcomes: "[]".into(),
            repository_name: None,
            due_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
            due_local: None,
            is_open: false,
            question: None,
        };
        diesel::insert_into(schema::projects::table)
            .values(&project)
            .execute(conn)?;
        let week = Week {
            id: Id::new(),
            cohort_id: id,
            number,
            phase: Phase::Core,
            topic: line(&format!("Topic {number}")),
            starts_on: monday(number),
            ends_on: monday(number) + Days::new(4),
            project_id: Some(project.id),
            version: 1,
            gap_told_at: None,
        };
        diesel::insert_into(schema::weeks::table).values(&week).execute(conn)?;
    }
    Ok(())
}

fn insert_student(conn: &mut Conn, campus: Id, cohort: Id, person: Id, status: EnrolmentStatus) -> Result<()> {
    let now = Instant::now();
    insert_member(conn, campus, person)?;
    let enrolment = Enrolment {
        cohort_id: cohort,
        person_id: person,
        status,
        experience: None,
        attributes: "{}".into(),
        joined_on: date(2026, 1, 5),
        left_on: None,
        version: 1,
        created_at: now,
        updated_at: now,
        entered_as: None,
        claimed_id: None,
        claimed_name: None,
        told_at: None,
    };
    diesel::insert_into(schema::enrolments::table)
        .values(&enrolment)
        .execute(conn)?;
    Ok(())
}
