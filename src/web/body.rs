//! Bodies of requests: read to a bound, of the right type, parsed into primitives.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::{
    faults::every_field_error,
    json::{Strict, Unambiguous},
    wording::not_json,
};
use crate::error::{Code, Error, Result};

/// What an operation takes as its body.
pub trait Body: Sized + Send + Sync + 'static {
    /// The media type, or none if there is no body.
    const MEDIA_TYPE: Option<&'static str>;
    /// Whether it may be left out.
    const OPTIONAL: bool = false;
    /// Bytes at the most.
    const MAX: usize;

    /// From its bytes.
    ///
    /// # Errors
    /// `400` for what cannot be read, `422` for fields that are not right.
    fn parse(bytes: &[u8]) -> Result<Self>;

    /// The same, in the charset that the `Content-Type` names, where one can be chosen.
    ///
    /// # Errors
    /// As [`Body::parse`], and `415` for a charset that is not taken.
    fn parse_in(bytes: &[u8], _charset: Option<&str>) -> Result<Self> {
        Self::parse(bytes)
    }

    /// For the OpenAPI document.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;
}

/// No body: one that is sent all the same is ignored, as HTTP says.
#[derive(Clone, Copy, Debug)]
pub struct NoBody;

impl Body for NoBody {
    const MEDIA_TYPE: Option<&'static str> = None;
    const MAX: usize = 64 * 1024;

    fn parse(_: &[u8]) -> Result<Self> {
        Ok(Self)
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}

/// A JSON object.
#[derive(Clone, Debug)]
pub struct Json<T>(pub T);

impl<T> std::ops::Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + JsonSchema + Send + Sync + 'static> Body for Json<T> {
    const MEDIA_TYPE: Option<&'static str> = Some("application/json");
    const MAX: usize = 64 * 1024;

    fn parse(bytes: &[u8]) -> Result<Self> {
        // First whether it is JSON at all (400), then what it means (422).
        let Unambiguous(value) = serde_json::from_slice(without_mark(bytes)).map_err(|error| {
            let detail = match error.is_data() {
                true => format!("The body is ambiguous: {error}."),
                false => not_json(&error),
            };
            Error::new(Code::MalformedRequest, detail)
        })?;
        if !value.is_object() {
            return Err(Error::field("", "invalid", "the body must be a JSON object"));
        }
        match serde_path_to_error::deserialize(Strict(&value)) {
            Ok(parsed) => Ok(Self(parsed)),
            Err(error) => Err(every_field_error::<T>(value, &error)),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
}

/// A body without the byte order mark that some programs put before their JSON.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// A JSON object that may be left out: no body means `{}`.
#[derive(Clone, Debug)]
pub struct OptionalJson<T>(pub T);

impl<T> std::ops::Deref for OptionalJson<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + JsonSchema + Send + Sync + 'static> Body for OptionalJson<T> {
    const MEDIA_TYPE: Option<&'static str> = Json::<T>::MEDIA_TYPE;
    const OPTIONAL: bool = true;
    const MAX: usize = Json::<T>::MAX;

    fn parse(bytes: &[u8]) -> Result<Self> {
        let bytes = if bytes.is_empty() { b"{}" } else { bytes };
        Json::parse(bytes).map(|Json(value)| Self(value))
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Json::<T>::schema(generator)
    }
}

/// A table as comma-separated values (RFC 4180), up to 1 MiB, in UTF-8 or in Windows-1252 if the type says so.
#[derive(Clone, Debug)]
pub struct Csv(pub String);

impl Body for Csv {
    const MEDIA_TYPE: Option<&'static str> = Some("text/csv");
    const MAX: usize = 1024 * 1024;

    fn parse(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).map_err(|_| {
            Error::new(
                Code::MalformedRequest,
                "The table must be in UTF-8. Save it again as “CSV UTF-8”, or send it with Content-Type: text/csv; \
                 charset=windows-1252.",
            )
        })?;
        Ok(Self(text.trim_start_matches('\u{feff}').into()))
    }

    fn parse_in(bytes: &[u8], charset: Option<&str>) -> Result<Self> {
        let Some(charset) = charset else {
            return Self::parse(bytes);
        };
        match Encoding::for_label(charset.as_bytes()) {
            Some(encoding) if encoding == UTF_8 => Self::parse(bytes),
            // Its byte order mark shows a table that is in UTF-8 after all.
            Some(encoding) if encoding == WINDOWS_1252 => Ok(Self(encoding.decode(bytes).0.into())),
            _ => Err(Error::new(
                Code::UnsupportedMediaType,
                format!("The charset `{charset}` is not read. Send the table in utf-8 or windows-1252."),
            )),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        Some(schemars::json_schema!({
            "type": "string",
            "format": "binary",
            "examples": ["email,name,experience,gender\namal@example.org,Amal,2,woman\n"],
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its parsing is looked at")]
        people: Vec<crate::primitives::Id>,
    }

    #[derive(Debug, serde::Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its parsing is looked at")]
    struct Form {
        name: String,
        age: u8,
        city: String,
        zip: Option<u32>,
    }

    #[test]
    fn fields_with_odd_names_are_named_as_pointers() {
        let error = Json::<Form>::parse(br#"{"name":"a","age":1,"city":"b","c/d":1,"e~f":2,"g`h":3}"#).unwrap_err();
        let pointers: Vec<&str> = error
            .field_errors()
            .iter()
            .map(|field| field.pointer.as_str())
            .collect();
        assert_eq!(pointers, ["/c~1d", "/e~0f", "/g`h"]);
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        for twice in [r#"{"people":[],"people":[]}"#, r#"{"people":[{"x":1,"x":2}]}"#] {
            let error = Json::<Sample>::parse(twice.as_bytes()).unwrap_err();
            assert_eq!(error.code(), Code::MalformedRequest);
            assert!(error.detail().contains("` is there twice"), "{}", error.detail());
        }
        #[derive(Debug, serde::Deserialize, JsonSchema)]
        struct Outer {
            #[expect(dead_code, reason = "only its parsing is looked at")]
            inner: Option<Sample>,
        }
        let error = Json::<Outer>::parse(br#"{"inner":[["0ds8x2v4fmg00"]]}"#).unwrap_err();
        let wrong = &error.field_errors()[0];
        assert_eq!(
            (wrong.pointer.as_str(), wrong.detail.as_str()),
            ("/inner", "must be an object, not a list")
        );
        assert!(Json::<Outer>::parse(br#"{"inner":{"people":["0ds8x2v4fmg00"]}}"#).is_ok());
        assert!(Json::<Outer>::parse(br#"{"inner":null}"#).is_ok());
    }

    #[test]
    fn errors_name_the_field() {
        let of = |text: &str| Json::<Sample>::parse(text.as_bytes()).unwrap_err();
        assert_eq!(of("{").code(), Code::MalformedRequest);
        for (text, pointer, code) in [
            ("{}", "/people", "required"),
            (r#"{"people":[],"x":1}"#, "/x", "unknown"),
            (r#"{"people":["0ds8x2v4fmg00",7]}"#, "/people/1", "invalid"),
            ("[]", "", "invalid"),
        ] {
            let problem = of(text).problem("", "/", "");
            assert_eq!(
                (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]),
                (&pointer.into(), &code.into()),
                "{text}"
            );
        }
    }
}
