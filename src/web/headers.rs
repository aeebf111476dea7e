//! The headers of answers, as the document declares them.

use serde_json::{Map, Value, json};

use super::Operation;

/// A header that answers have.
struct Header {
    name: &'static str,
    /// Whether every answer has it that declares it.
    always: bool,
    about: &'static str,
}

const fn always(name: &'static str, about: &'static str) -> Header {
    Header {
        name,
        always: true,
        about,
    }
}

const fn sometimes(name: &'static str, about: &'static str) -> Header {
    Header {
        name,
        always: false,
        about,
    }
}

const REQUEST_ID: Header = always(
    "X-Request-Id",
    "The request's name in the log: yours, if you sent one of 8 to 64 letters, digits, `-`, `_` and `.`.",
);
const CACHE_CONTROL: Header = always(
    "Cache-Control",
    "`private, no-cache`: your cache may keep the answer and asks each time whether it has changed. `no-store`: \
     nobody keeps it.",
);
const RATE_LIMIT: Header = sometimes(
    "RateLimit",
    "Requests left and seconds until there are more, where requests are limited.",
);
const RATE_LIMIT_POLICY: Header = sometimes(
    "RateLimit-Policy",
    "How many requests in how many seconds, where requests are limited.",
);
const ETAG: Header = always(
    "ETag",
    "Send it as `If-None-Match` to save an unchanged answer; that of an object with a `version` also as `If-Match`.",
);
const LOCATION: Header = always("Location", "The path of the object, behind the path of the public URL.");
const LINK: Header = sometimes("Link", "The next page, as `rel=\"next\"`, if there is one.");
const REPLAYED: Header = sometimes(
    "Idempotent-Replayed",
    "`true`, if this is the kept answer to an earlier request with the same `Idempotency-Key`.",
);
const PREFERENCE: Header = sometimes("Preference-Applied", "`respond-async`, if the request preferred that.");
const DISPOSITION: Header = sometimes("Content-Disposition", "The name under which a browser saves a file.");
const SET_COOKIE: Header = sometimes("Set-Cookie", "The cookies of the session, where it is kept in cookies.");
const VARY: Header = sometimes("Vary", "Which headers of the request the answer depends on.");
const AUTHENTICATE: Header = always("WWW-Authenticate", "That an access token is wanted.");
const RETRY_AFTER: Header = sometimes(
    "Retry-After",
    "After how many seconds the request may succeed, where that is known.",
);

const ALL: [Header; 14] = [
    REQUEST_ID,
    CACHE_CONTROL,
    RATE_LIMIT,
    RATE_LIMIT_POLICY,
    ETAG,
    LOCATION,
    LINK,
    REPLAYED,
    PREFERENCE,
    DISPOSITION,
    SET_COOKIE,
    VARY,
    AUTHENTICATE,
    RETRY_AFTER,
];

/// Every header, for `components`.
pub(super) fn components() -> Map<String, Value> {
    let header = |header: &Header| {
        let described = json!({
            "description": header.about, "required": header.always, "schema": { "type": "string" },
        });
        (header.name.to_owned(), described)
    };
    ALL.iter().map(header).collect()
}

fn declared<'a>(headers: impl IntoIterator<Item = &'a Header>) -> Value {
    let everywhere = [&REQUEST_ID, &CACHE_CONTROL, &RATE_LIMIT, &RATE_LIMIT_POLICY, &VARY];
    let reference = |header: &Header| {
        let path = format!("#/components/headers/{}", header.name);
        (header.name.to_owned(), json!({ "$ref": path }))
    };
    let all = everywhere.into_iter().chain(headers);
    all.map(reference).collect::<Map<_, _>>().into()
}

/// Of a success with this status.
pub(super) fn of_success(operation: &Operation, status: u16, has_body: bool, is_page: bool) -> Value {
    let makes_a_job = operation.method() == "POST" && has_body && operation.statuses == [202];
    let is_later = status == 202 && (operation.later.is_some() || makes_a_job);
    let has_location = status == 201 || is_later || status == 200 && operation.located;
    let headers = [
        (has_body, &ETAG),
        (has_location, &LOCATION),
        (is_page, &LINK),
        (operation.keeps_answers, &REPLAYED),
        (is_later, &PREFERENCE),
        (operation.is_file || !operation.also.is_empty(), &DISPOSITION),
        (operation.uses_cookies, &SET_COOKIE),
    ];
    declared(headers.into_iter().filter(|(has, _)| *has).map(|(_, header)| header))
}

/// Of the answer that nothing has changed.
pub(super) fn of_unchanged() -> Value {
    declared([&ETAG])
}

/// Of a problem with this status.
pub(super) fn of_problem(operation: &Operation, status: u16) -> Value {
    let headers = [
        (status == 401, &AUTHENTICATE),
        (matches!(status, 409 | 429 | 503), &RETRY_AFTER),
        (operation.keeps_answers, &REPLAYED),
    ];
    declared(headers.into_iter().filter(|(has, _)| *has).map(|(_, header)| header))
}
