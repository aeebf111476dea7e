//! What happened, on its way to consumers.

use std::sync::{Arc, Mutex};

use diesel::prelude::*;
use peerled::{
    db::{Conn, schema::events},
    error::{Error, Result},
    outbox::{Consumer, Dispatcher, StoredEvent, delete_old},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::{
    harness::{World, on_both},
    on_every_database,
};

/// Remembers what it was told; refuses events of one kind.
#[derive(Default)]
struct Recorder(Mutex<Vec<StoredEvent>>);

impl Consumer for Recorder {
    fn name(&self) -> &'static str {
        "recorder"
    }

    fn receive(&self, _conn: &mut Conn, event: &StoredEvent) -> Result<()> {
        if event.kind == "poison" {
            return Err(Error::internal("poison"));
        }
        let mut told = self.0.lock().unwrap();
        // A transaction may be tried again.
        told.retain(|earlier| earlier.id != event.id);
        told.push(event.clone());
        Ok(())
    }
}

impl Recorder {
    /// The kinds of what it was told, in order, after everything was handed over.
    fn told(self: &Arc<Self>, world: &World) -> Vec<String> {
        let dispatcher = Dispatcher {
            db: world.state.db.clone(),
            consumers: vec![self.clone()],
            notifier: Arc::default(),
            passed_over: None,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(dispatcher.dispatch());
        self.0.lock().unwrap().iter().map(|event| event.kind.clone()).collect()
    }
}

/// Notes in a list shared with others whose turn it was.
struct Turn(&'static str, Arc<Mutex<Vec<&'static str>>>);

impl Consumer for Turn {
    fn name(&self) -> &'static str {
        self.0
    }

    fn receive(&self, _conn: &mut Conn, _event: &StoredEvent) -> Result<()> {
        Ok(())
    }

    fn received(&self) {
        self.1.lock().unwrap().push(self.0);
    }
}

fn event(id: Id, kind: &str) -> StoredEvent {
    StoredEvent {
        id,
        position: None,
        kind: kind.into(),
        object_type: "thing".into(),
        object_id: id,
        sequence: 1,
        campus_id: None,
        cohort_id: None,
        person_id: None,
        payload: "{}".into(),
        secret: None,
        created_at: Instant::now(),
        audience: String::new(),
        href: None,
    }
}

fn happen(world: &World, id: Id, kind: &'static str) {
    world.db(move |conn| {
        diesel::insert_into(events::table)
            .values(&event(id, kind))
            .execute(conn)?;
        Ok(())
    });
}

#[test]
fn whatever_was_written_before_the_first_round_is_told() {
    on_both(|backend| {
        let world = World::start_idle(backend);
        happen(&world, Id::new(), "first");
        let recorder = Arc::new(Recorder::default());
        assert_eq!(recorder.told(&world), ["first"]);
    });
}

#[test]
fn a_consumer_that_is_new_to_a_database_begins_behind_what_others_were_told() {
    on_both(|backend| {
        let world = World::start_idle(backend);
        happen(&world, Id::new(), "before");
        world.hand_out();
        happen(&world, Id::new(), "after");
        let recorder = Arc::new(Recorder::default());
        assert_eq!(recorder.told(&world), ["after"]);
    });
}

on_every_database! {
    fn what_is_committed_late_is_not_stepped_over(world: World) {
        let recorder = Arc::new(Recorder::default());
        assert!(recorder.told(&world).is_empty());
        let (early, late) = (Id::new(), Id::new());
        happen(&world, late, "committed first");
        assert_eq!(recorder.told(&world), ["committed first"]);
        happen(&world, early, "committed last");
        assert_eq!(recorder.told(&world), ["committed first", "committed last"]);
    }

    fn an_event_that_cannot_be_received_holds_up_no_other(world: World) {
        let recorder = Arc::new(Recorder::default());
        recorder.told(&world);
        for kind in ["one", "poison", "two"] {
            happen(&world, Id::new(), kind);
        }
        assert_eq!(recorder.told(&world), ["one", "two"]);
    }

    fn consumers_take_turns_while_much_happens(world: World) {
        let turns = Arc::new(Mutex::new(Vec::new()));
        let consumer = |name| Arc::new(Turn(name, turns.clone())) as Arc<dyn Consumer>;
        let dispatcher = Dispatcher {
            db: world.state.db.clone(),
            consumers: vec![consumer("one"), consumer("other")],
            notifier: Arc::default(),
            passed_over: None,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(dispatcher.dispatch());
        world.db(|conn| {
            for _ in 0..350 {
                diesel::insert_into(events::table).values(&event(Id::new(), "much")).execute(conn)?;
            }
            Ok(())
        });
        runtime.block_on(dispatcher.dispatch());
        let turns = turns.lock().unwrap().clone();
        assert!(turns.len() >= 8 && turns.chunks(2).all(|two| two == ["one", "other"]), "{turns:?}");
    }

    fn positions_go_on_when_old_events_are_gone(world: World) {
        let recorder = Arc::new(Recorder::default());
        recorder.told(&world);
        happen(&world, Id::new(), "old");
        recorder.told(&world);
        // Mail has to have passed it too.
        world.mail();
        assert_eq!(world.db(|conn| delete_old(conn, Instant::now())), 1);
        happen(&world, Id::new(), "new");
        assert_eq!(recorder.told(&world), ["old", "new"]);
    }

    fn an_invitation_tells_who_invited_and_keeps_its_code_to_its_mail(world: World) {
        let recorder = Arc::new(Recorder::default());
        recorder.told(&world);
        let fac = world.fac(2, 0);
        let guest = json!({"email": "guest@example.org", "name": "Amal"});
        let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
        let invited = fac.facilitator.post(&enrolments, guest).is(202);
        let code = world.mail()[0].body.lines().find_map(|line| line.strip_prefix("    ")).unwrap().to_owned();
        assert_eq!(recorder.told(&world), ["invitation.sent"]);
        let told = recorder.0.lock().unwrap()[0].clone();
        let payload: Value = serde_json::from_str(&told.payload).unwrap();
        assert_eq!(payload["invitation_id"], invited.json["invitation"]["id"]);
        assert_eq!(told.person_id.unwrap().to_string(), fac.facilitator.id);
        assert_eq!((told.campus_id.unwrap().to_string(), told.cohort_id.unwrap().to_string()), (fac.campus.clone(), fac.cohort.clone()));
        let left: Vec<Option<String>> = world.db(|conn| Ok(events::table.select(events::secret).load(conn)?));
        assert_eq!(left, [None]);

        let somebody = world.person("Somebody");
        somebody.post("/v1/invitations/acceptances", json!({"token": code})).is(201);
        assert!(world.mail().is_empty(), "a used code has left the outbox");
        let told = recorder.told(&world);
        assert_eq!(told, ["invitation.sent", "member.updated", "enrolment.created", "invitation.accepted"]);
    }

    fn a_code_that_was_taken_back_is_not_sent_any_more(world: World) {
        let fac = world.fac(2, 0);
        let guest = json!({"email": "guest@example.org", "name": "Amal"});
        let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
        let first = fac.facilitator.post(&enrolments, guest.clone()).is(202).json["invitation"]["id"].clone();
        assert_eq!(world.mail().len(), 1);
        let second = fac.facilitator.post(&enrolments, guest).is(202).json["invitation"]["id"].clone();
        assert_ne!(first, second);
        let waiting: Vec<String> = world.mail().iter().map(|message| message.object_id.unwrap().to_string()).collect();
        assert_eq!(waiting, [second.as_str().unwrap()]);
        fac.facilitator.delete(&format!("/v1/invitations/{}", second.as_str().unwrap())).is(204);
        assert!(world.mail().is_empty());
    }
}
