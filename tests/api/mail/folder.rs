//! Mail that is written to a folder, and what a message is made of.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::harness::{Backend, World};

/// The messages in a folder, once there are so many.
#[track_caller]
fn messages(folder: &Path, count: usize) -> Vec<String> {
    let began = std::time::Instant::now();
    loop {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let files: Vec<_> = files
            .filter(|file| file.extension().is_some_and(|is| is == "eml"))
            .collect();
        if files.len() >= count {
            assert!(
                files
                    .iter()
                    .all(|file| fs::metadata(file).unwrap().permissions().mode() & 0o777 == 0o600)
            );
            return files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        }
        assert!(began.elapsed().as_secs() < 60, "{files:?}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

fn header<'a>(message: &'a str, name: &str) -> Vec<&'a str> {
    let (head, _) = message.split_once("\r\n\r\n").unwrap();
    let mut lines = head
        .split("\r\n")
        .skip_while(|line| !line.starts_with(&format!("{name}: ")));
    let first = lines.next().unwrap().split_once(": ").unwrap().1;
    let further = lines.take_while(|line| line.starts_with(' ')).map(str::trim);
    [first].into_iter().chain(further).collect()
}

fn decoded(text: &str) -> Vec<u8> {
    STANDARD.decode(text.replace("\r\n", "")).unwrap()
}

#[test]
fn a_message_is_a_file_of_ascii_that_only_its_owner_reads() {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let folder = tempfile::tempdir().unwrap();
        let mail = folder.path().join("mail");
        let url = format!("file:{}", mail.display());
        let world = World::start_with(backend, |settings| settings.smtp_url = Some(url));
        assert_eq!(fs::metadata(&mail).unwrap().permissions().mode() & 0o777, 0o700);
        let fac = world.fac(2, 0);
        fac.organiser
            .patch(
                &format!("/v1/campuses/{}", fac.campus),
                json!({"name": "غزة", "language": "ar"}),
            )
            .is(200);
        let guest = json!({"email": "amal@example.org", "name": "أمل"});
        fac.facilitator
            .post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), guest)
            .is(202);

        let message = messages(&mail, 1).remove(0);
        assert!(message.is_ascii(), "{message}");
        assert_eq!(header(&message, "To"), ["amal@example.org"]);
        let words = header(&message, "Subject");
        let word = |word: &&str| decoded(word.strip_prefix("=?utf-8?b?").unwrap().strip_suffix("?=").unwrap());
        let subject = String::from_utf8(words.iter().flat_map(word).collect()).unwrap();
        assert_eq!(subject, "مكانك في \u{2068}fac\u{2069} لدى \u{2068}غزة\u{2069}");
        assert_eq!(header(&message, "Content-Transfer-Encoding"), ["base64"]);
        let body = String::from_utf8(decoded(message.split_once("\r\n\r\n").unwrap().1)).unwrap();
        assert!(body.contains("\u{2068}غزة\u{2069}") && !body.contains("أمل"), "{body}");
        let code = body.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
        let amal =
            json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit", "invitation": code});
        world.nobody().post("/v1/people", amal).is(201);

        // In English it can be read as it is.
        let english = json!({"email": "basma@example.org", "name": "Basma", "password": "weaver lamp orbit"});
        world.nobody().post("/v1/people", english).is(202);
        let all = messages(&mail, 2);
        assert!(
            all.iter()
                .any(|message| message.contains("Subject: Open your account\r\n")),
            "{all:?}"
        );
    }
}
