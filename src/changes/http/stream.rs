//! Changes as server-sent events.

use std::{sync::Arc, time::Duration};

use actix_web::{rt, web::Bytes};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::{broadcast::error::RecvError, mpsc::Sender};

use super::views::ChangeView;
use crate::{
    authz::SignedIn,
    changes::{
        cursors::Cursors,
        hub::{Latest, Listening},
        model::{Access, AccessKind, Batch, Bookmark, Change, Channel, News},
        rules,
        source::Source,
    },
    error::{Code, Error, Result},
    primitives::{Id, Instant},
    web::{Call, List, NoBody, NoPath, Reply},
};

const MEDIA_TYPE: &str = "text/event-stream";
/// How often something is sent, so that nobody in between takes the connection for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a stream lives: what its reader may see, as far as time decides it, is asked again by the next.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Who takes nothing for so long is cut off.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many messages may wait for somebody.
const WAITING: usize = 32;
/// After how many milliseconds a browser connects again.
const RETRY: u64 = 2_000;
/// Over how many milliseconds those are spread who are sent away together.
const SPREAD: u64 = 8_000;

/// Which changes.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StreamQuery {
    /// Only what belongs to this campus, and what is the caller's own.
    campus_id: Option<Id>,
}

/// `GET /v1/changes/stream`
pub async fn stream_changes(call: Call<NoPath, StreamQuery, NoBody>) -> Result<Reply<()>> {
    let person = SignedIn::prove(&call.actor)?.person();
    if call.is_head() {
        // Nobody listens, so no place is taken.
        return Ok(Reply::stream(MEDIA_TYPE, WAITING).0);
    }
    let identity = *call.actor.identity().ok_or_else(Error::not_found)?;
    let listening = call.state.changes.listen(identity, &call.state.db)?;
    let list = call.list_at("/v1/changes");
    let cursors = Cursors::of(&call.state.vault, person, call.query.campus_id)?;
    let sent = call.last_event_id.as_deref();
    // An id that cannot be read is as good as one that is too old.
    let from = sent.map(|sent| list.cursor(sent).and_then(|cursor| cursors.open(&cursor).ok()));
    let source = Source {
        db: call.state.db.clone(),
        actor: call.actor,
        campus: call.query.campus_id,
    };
    let mut stream = Stream {
        source,
        list,
        cursors,
        place: Bookmark::default(),
        is_behind: false,
        is_admin: false,
    };
    let (reply, sender) = Reply::stream(MEDIA_TYPE, WAITING);
    let first = stream.begin(from).await?;
    rt::spawn(async move {
        // Whoever is gone, or does not read, is told nothing more.
        let _ = stream.run(first, listening, &sender).await;
    });
    Ok(reply)
}

/// One connection.
struct Stream {
    source: Source,
    list: List,
    cursors: Cursors,
    /// What has been sent.
    place: Bookmark,
    /// Whether there is more to read.
    is_behind: bool,
    /// Whether they act as an administrator.
    is_admin: bool,
}

/// The client is gone, or may not listen any more.
struct Over;

impl From<Error> for Over {
    fn from(_: Error) -> Self {
        Self
    }
}

impl Stream {
    /// Where the stream begins: the first lines of it.
    async fn begin(&mut self, from: Option<Option<Bookmark>>) -> Result<String> {
        let mut lines = format!("retry: {RETRY}\n\n");
        let is_unknown = from == Some(None);
        let from = from.flatten();
        self.place = from.clone().unwrap_or_default();
        match self.source.read(from).await {
            Ok(batch) if is_unknown => {
                (self.place, self.is_admin) = (batch.next, batch.is_admin);
                lines.push_str(&self.resync()?);
            }
            Ok(batch) => lines.push_str(&self.told(batch)?),
            Err(error) if error.code() == Code::ResyncRequired => {
                let batch = self.source.read(None).await?;
                (self.place, self.is_admin) = (batch.next, batch.is_admin);
                lines.push_str(&self.resync()?);
            }
            Err(error) => return Err(error),
        }
        Ok(lines)
    }

    async fn run(&mut self, first: String, mut listening: Listening, sender: &Sender<Bytes>) -> Result<(), Over> {
        send(sender, first).await?;
        let end = rt::time::sleep(LIFETIME);
        let mut end = std::pin::pin!(end);
        // It goes on while others hear something.
        let mut heartbeat = rt::time::interval_at(rt::time::Instant::now() + HEARTBEAT, HEARTBEAT);
        loop {
            while self.is_behind {
                let batch = self.source.read(Some(self.place.clone())).await?;
                let lines = self.told(batch)?;
                send(sender, lines).await?;
            }
            tokio::select! {
                latest = listening.latest.recv() => match latest {
                    Ok(latest) => {
                        let lines = self.hear(&latest)?;
                        send(sender, lines).await?;
                    }
                    Err(RecvError::Lagged(_)) => self.is_behind = true,
                    Err(RecvError::Closed) => return Err(Over),
                },
                _ = heartbeat.tick() => send(sender, self.heartbeat()?).await?,
                () = sender.closed() => return Err(Over),
                () = listening.ended.notified() => return Err(Over),
                _ = listening.is_stopping.wait_for(|is_stopping| *is_stopping) => {
                    let retry = RETRY + rand::random::<u64>() % SPREAD;
                    return send(sender, format!("retry: {retry}\n\n")).await;
                }
                () = &mut end => return Ok(()),
            }
        }
    }

    /// What was read, as it is sent.
    fn told(&mut self, batch: Batch) -> Result<String> {
        let (at, before) = (batch.next.at, self.place.position);
        self.is_admin = batch.is_admin;
        self.place.at = at;
        self.place.accesses = batch.next.accesses.clone();
        let (mut lines, mut waiting) = (String::new(), Vec::new());
        for news in batch.news {
            match news {
                News::Changed(change) => lines.push_str(&self.event(change)?),
                of_place => waiting.push(of_place),
            }
        }
        // Told first, and with one id behind the last of them: whoever is cut off in between is told them all again.
        let last = waiting.len().saturating_sub(1);
        let of_places: Result<String> = (waiting.into_iter().enumerate())
            .map(|(number, news)| {
                let id = (number == last).then_some(before);
                self.lines("change", id, &json!(ChangeView::of(news, at)))
            })
            .collect();
        self.place = batch.next;
        self.is_behind = batch.has_more;
        Ok(of_places? + &lines)
    }

    /// What has just happened, as far as it is heard here.
    fn hear(&mut self, latest: &Arc<Latest>) -> Result<String> {
        if latest.to <= self.place.position {
            return Ok(String::new());
        }
        let is_new = |change: &Change| change.position > Some(self.place.position);
        let news = latest.changes.iter().filter(|(change, _)| is_new(change));
        if latest.from > self.place.position || news.clone().any(|(change, _)| self.may_move(change)) {
            self.is_behind = true;
            return Ok(String::new());
        }
        let person = self.source.actor.person().unwrap_or_default();
        let heard = rules::heard(person, self.is_admin, &self.place.accesses, self.source.campus);
        let is_heard = |channels: &Vec<Channel>| channels.iter().any(|channel| heard.binary_search(channel).is_ok());
        let told: Vec<Change> = news
            .filter(|(_, channels)| is_heard(channels))
            .map(|(change, _)| change.clone())
            .collect();
        // Whether they may know of somebody's application is asked of the database.
        if (told.iter()).any(|change| rules::application_of_another(change, person).is_some()) {
            self.is_behind = true;
            return Ok(String::new());
        }
        self.place.at = Instant::now();
        let lines = told.into_iter().map(|change| self.event(change)).collect();
        self.place.position = latest.to;
        lines
    }

    /// Whether the caller may see another part of the world after a change.
    fn may_move(&self, change: &Change) -> bool {
        let has = |of: Id| self.place.accesses.iter().any(|access: &Access| access.of == of);
        let person = self.source.actor.person();
        let is_own = person.is_some_and(|person| change.audience.contains(&format!("person:{person}")));
        let is_alumnus = || {
            self.place
                .accesses
                .iter()
                .any(|access| access.kind == AccessKind::Alumnus)
        };
        match change.object_type.as_str() {
            "staff" => Some(change.object_id) == person,
            "campus" => has(change.object_id) || is_alumnus(),
            "cohort" => has(change.object_id),
            _ => is_own,
        }
    }

    fn event(&mut self, change: Change) -> Result<String> {
        self.place.position = change.position.unwrap_or(self.place.position);
        self.lines("change", Some(self.place.position), &json!(ChangeView::from(change)))
    }

    fn resync(&self) -> Result<String> {
        let detail = "Read again what you show, and remove what is not there any more.";
        self.lines("resync", Some(self.place.position), &json!({ "detail": detail }))
    }

    /// An id without data is remembered and dispatched to nobody.
    fn heartbeat(&self) -> Result<String> {
        Ok(format!("id: {}\n\n", self.id(self.place.position)?))
    }

    fn id(&self, position: i64) -> Result<String> {
        let place = Bookmark {
            position,
            ..self.place.clone()
        };
        Ok(self.list.seal(&self.cursors.seal(&place)?.to_string()))
    }

    fn lines(&self, event: &str, position: Option<i64>, data: &serde_json::Value) -> Result<String> {
        let id = position.map(|position| self.id(position)).transpose()?;
        let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
        Ok(format!("{id}event: {event}\ndata: {data}\n\n"))
    }
}

async fn send(sender: &Sender<Bytes>, lines: String) -> Result<(), Over> {
    if lines.is_empty() {
        return Ok(());
    }
    let sent = sender.send_timeout(Bytes::from(lines), PATIENCE).await;
    sent.map_err(|_| Over)
}
