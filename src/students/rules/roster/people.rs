//! Whom the rows of a table mean.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    Read, Row,
    decide::{Known, Step, decide},
};
use crate::{
    accounts::model::PersonCard,
    campuses::model::InvitationState,
    cohorts::model::Cohort,
    error::Result,
    primitives::{Email, Id, Instant, Line},
    students::{
        model::{Attributes, CellError, Enrolment, Invitation},
        rules::{claims::folded, invitations::state},
    },
};

/// What is known of everybody who may be in the table.
pub struct People {
    students: HashMap<Id, (Enrolment, PersonCard)>,
    /// Who has claimed the place of the student with an id.
    by_claimed_id: HashMap<Id, Id>,
    /// Whom an address was proved by: their account's, or that of an invitation they accepted.
    by_email: HashMap<Email, Id>,
    /// Whose account has an address, which nobody has proved.
    by_account: HashMap<Email, Id>,
    /// Whom a name stands for: their own, or the one they were entered or invited by.
    by_name: HashMap<String, BTreeSet<Id>>,
    /// Those who have joined the campus.
    members: HashSet<Id>,
    /// Students and members by the addresses of their accounts that they have proved.
    proved: HashMap<Email, Id>,
    invited: Vec<Invitation>,
    /// Students of whom the staff note nothing that balances teams.
    objectors: HashSet<Id>,
}

/// Who stands how to the campus and the cohort of a table.
pub struct Circle {
    /// Who of those whom the table names by their id has joined the campus.
    pub members: HashSet<Id>,
    /// Who acts for the campus: an invitation of anybody else is none any more.
    pub staff: HashSet<Id>,
    /// Students who do not want teams balanced by what is known of them.
    pub objectors: HashSet<Id>,
}

impl People {
    /// The students of a cohort with their addresses, everybody who was invited to it, who stands how to them, and who of
    /// the students and the members has proved which address. An address that an account merely has is nobody's proof that
    /// it is theirs.
    pub fn new(
        roster: Vec<(Enrolment, PersonCard, Option<Email>)>,
        invitations: Vec<Invitation>,
        circle: Circle,
        proved: Vec<(Email, Id)>,
        now: Instant,
    ) -> Self {
        let mut people = Self {
            students: HashMap::new(),
            by_claimed_id: HashMap::new(),
            by_email: HashMap::new(),
            by_account: HashMap::new(),
            by_name: HashMap::new(),
            members: circle.members,
            proved: HashMap::new(),
            invited: Vec::new(),
            objectors: circle.objectors,
        };
        for invitation in &invitations {
            if let Some(person) = invitation.accepted_by {
                people.by_email.insert(invitation.email.clone(), person);
                people.name(&invitation.name, person);
            }
        }
        for (enrolment, person, email) in roster {
            people.by_account.extend(email.map(|email| (email, person.id)));
            people.name(&person.name, person.id);
            for earlier in [&enrolment.entered_as, &enrolment.claimed_name].into_iter().flatten() {
                people.name(earlier, person.id);
            }
            people
                .by_claimed_id
                .extend(enrolment.claimed_id.map(|id| (id, person.id)));
            people.students.insert(person.id, (enrolment, person));
        }
        people.by_email.extend(proved.iter().cloned());
        people.proved = proved.into_iter().collect();
        people.invited = invitations;
        people
            .invited
            .retain(|one| state(one, &circle.staff, now) == InvitationState::Pending);
        people
    }

    fn name(&mut self, name: &Line, person: Id) {
        self.by_name.entry(folded(name)).or_default().insert(person);
    }

    fn student(&self, id: Id) -> Option<Known<'_>> {
        self.students
            .get(&id)
            .map(|(enrolment, person)| Known::Student(enrolment, person))
    }

    /// The student without an account who has this name.
    fn unclaimed(&self, name: &Line) -> Option<&PersonCard> {
        let named = self.by_name.get(&folded(name))?;
        let mut cards = named
            .iter()
            .filter_map(|id| self.students.get(id))
            .map(|(_, card)| card);
        cards.find(|card| !card.claimed && folded(&card.name) == folded(name))
    }

    /// Whom an invitation waits for: somebody new, or a student without an account.
    fn guest<'a>(&'a self, invitation: &'a Invitation) -> Known<'a> {
        match invitation.place_id.and_then(|id| self.students.get(&id)) {
            Some((enrolment, person)) if !person.claimed => Known::Place(enrolment, person, true),
            _ => Known::Invited(invitation),
        }
    }

    fn is_invited(&self, place: Id, email: &Email) -> bool {
        let mut waiting = self.invited.iter();
        waiting.any(|one| one.place_id == Some(place) && one.email == *email)
    }

    /// Whom a row means: by its id, else by its address, else by its name.
    fn find(&self, row: &Row) -> Result<Known<'_>, CellError> {
        let now = |id: Id| self.by_claimed_id.get(&id).copied().unwrap_or(id);
        if let Some((enrolment, person)) = row.person.and_then(|id| self.students.get(&now(id))) {
            self.check_same(row, person)?;
            return Ok(match &row.email {
                Some(email) if !person.claimed => Known::Place(enrolment, person, self.is_invited(person.id, email)),
                _ => Known::Student(enrolment, person),
            });
        }
        let found = match &row.email {
            Some(email) => self.by_address(row, email)?,
            None => self.by_name(row)?,
        };
        match (row.person, found) {
            (Some(person), Known::Nobody) if row.email.is_none() && self.members.contains(&person) => {
                Ok(Known::Member(person))
            }
            (Some(_), Known::Nobody) => Err(CellError::at(
                "person_id",
                "not_found",
                "is no student of this cohort, and no member of the campus without an address beside it; leave it empty for somebody new",
            )),
            _ => Ok(found),
        }
    }

    fn by_address(&self, row: &Row, email: &Email) -> Result<Known<'_>, CellError> {
        let student = self.by_email.get(email).and_then(|id| self.student(*id));
        let invited = || {
            let mut waiting = self.invited.iter().filter(|one| one.email == *email);
            waiting.next().map(|one| self.guest(one))
        };
        let member = || self.proved.get(email).map(|id| Known::Member(*id));
        match student.or_else(invited).or_else(member) {
            Some(known) => Ok(known),
            None if self
                .by_account
                .get(email)
                .is_some_and(|id| self.students.contains_key(id)) =>
            {
                Err(CellError::at(
                    "email",
                    "unproved",
                    "is the address of a student's account, but nobody has proved that it is theirs: add their person_id, as an export has it",
                ))
            }
            None if row.name.as_ref().is_some_and(|name| self.unclaimed(name).is_some()) => Err(CellError::at(
                "name",
                "duplicate",
                "is the name of a student without an account: add their person_id to invite them to their place, or, if this is somebody else, what tells the two apart",
            )),
            None => Ok(Known::Nobody),
        }
    }

    fn by_name(&self, row: &Row) -> Result<Known<'_>, CellError> {
        let Some(name) = &row.name else {
            return Ok(Known::Nobody);
        };
        if let Some(card) = self.unclaimed(name) {
            return Ok(self.student(card.id).unwrap_or(Known::Nobody));
        }
        let named = self.by_name.get(&folded(name)).into_iter().flatten();
        let mut students = named.filter_map(|id| self.student(*id));
        let invited = || self.invited.iter().find(|one| folded(&one.name) == folded(name));
        match (students.next(), students.next()) {
            (Some(_), Some(_)) => Err(CellError::at(
                "name",
                "invalid",
                "is the name of several students; add the person_id or the address of the one that is meant",
            )),
            (Some(student), None) => Ok(student),
            (None, _) => Ok(invited().map_or(Known::Nobody, |one| self.guest(one))),
        }
    }

    /// What else a row says of somebody found by their id must be of the same person.
    fn check_same(&self, row: &Row, person: &PersonCard) -> Result<(), CellError> {
        let whose = |email: &Email| self.by_email.get(email).or_else(|| self.by_account.get(email));
        let is_anothers = match row.email.as_ref().map(whose) {
            None => false,
            // The address of somebody without an account is what the table tells.
            Some(None) => person.claimed,
            Some(Some(id)) => *id != person.id,
        };
        if is_anothers {
            let detail = "is not the address of the student with this person_id; leave one of the two cells empty";
            return Err(CellError::at("email", "invalid", detail));
        }
        let namesake = row.name.as_ref().and_then(|name| self.unclaimed(name));
        match namesake {
            Some(other) if !person.claimed && other.id != person.id => Err(CellError::at(
                "name",
                "duplicate",
                "is the name of another student without an account; add what tells the two apart, such as an initial",
            )),
            _ => Ok(()),
        }
    }

    /// Whether it is a student of whom the staff note nothing that balances teams.
    fn objects(&self, known: Known<'_>) -> bool {
        match known {
            Known::Student(enrolment, _) | Known::Place(enrolment, ..) => self.objectors.contains(&enrolment.person_id),
            Known::Member(_) | Known::Invited(_) | Known::Nobody => false,
        }
    }

    /// What is to be done for each row.
    ///
    /// # Errors
    /// `500` if what is stored is not what we store.
    pub fn decide_all(&self, table: &[Read], cohort: &Cohort) -> Result<Vec<Step>> {
        let mut seen = RowsSoFar::default();
        let mut decide_one = |read: &Read| {
            let row = match &read.row {
                Err(errors) => return Ok(Step::Refuse(errors.clone())),
                Ok(row) => row,
            };
            match self.find(row).and_then(|known| seen.first(row, known, read.line)) {
                Ok(known) => match self.objects(known) {
                    true => decide(&without_volunteered(row), known, cohort),
                    false => decide(row, known, cohort),
                },
                Err(error) => Ok(Step::Refuse(vec![error])),
            }
        };
        table.iter().map(&mut decide_one).collect()
    }
}

/// The same without what balances teams.
fn without_volunteered(row: &Row) -> Row {
    Row {
        experience: None,
        attributes: Attributes::default(),
        ..row.clone()
    }
}

/// Who has come up in the table, and where.
#[derive(Default)]
struct RowsSoFar(HashMap<Key, u64>);

/// What two rows must not have in common.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Person(Id),
    Address(Email),
    /// Of those without an account.
    Name(String),
}

impl RowsSoFar {
    /// The same, unless this person was in an earlier line, under this address or name or another.
    fn first<'a>(&mut self, row: &Row, known: Known<'a>, line: u64) -> Result<Known<'a>, CellError> {
        let (column, person) = match known {
            Known::Student(enrolment, _) | Known::Place(enrolment, ..) => ("email", Some(enrolment.person_id)),
            Known::Member(person) if row.person.is_some() => ("person_id", Some(person)),
            Known::Member(person) => ("email", Some(person)),
            Known::Invited(_) | Known::Nobody => ("email", None),
        };
        let is_named = match known {
            Known::Student(_, person) | Known::Place(_, person, _) => !person.claimed,
            Known::Nobody => row.email.is_none(),
            Known::Member(_) | Known::Invited(_) => false,
        };
        let address = match known {
            Known::Invited(invitation) => Some(&invitation.email),
            _ => row.email.as_ref(),
        };
        let name = row.name.as_ref().filter(|_| is_named);
        let keys = [
            person.map(Key::Person),
            address.cloned().map(Key::Address),
            name.map(|name| Key::Name(folded(name))),
        ];
        let earlier = keys.into_iter().flatten().filter_map(|key| {
            let first = *self.0.entry(key).or_insert(line);
            (first != line).then_some(first)
        });
        match earlier.min() {
            None => Ok(known),
            Some(earlier) => Err(CellError::at(
                if row.email.is_none() { "name" } else { column },
                "duplicate",
                format!("names the same person as line {earlier}; remove one of the two rows"),
            )),
        }
    }
}
