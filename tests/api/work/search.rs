use diesel::prelude::*;
use peerled::{app, db::schema::discoveries, primitives::Instant};
use serde_json::json;

use super::discoveries::{path, share, titles};
use crate::{harness::World, on_every_database};

/// Percent-encoded for a query.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

on_every_database! {
    fn words_and_their_beginnings_are_found_and_nothing_in_them_is_syntax(world: World) {
        let fac = world.fac(1, 1);
        for (title, topic, text) in [
            ("Crème brûlée in CSS", "Animation", "A dessert that bounces."),
            ("Don't \"repeat\" yourself", "Style", "100% dry; snake_case OR kebab-case"),
            ("مرحبا بالعالم", "العربية", "Right to left"),
            ("Strasse und Straße", "German", "Umlaute: größer"),
            ("الترجمة الآلية", "لغات", "درس"),
            ("Templates in C++", "C++ and (C#)", "Read about .NET, not a.Net"),
        ] {
            share(&fac, &fac.students[0], json!({"title": title, "topic": topic, "text": text}));
        }
        let (translation, cpp) = ("الترجمة الآلية", "Templates in C++");
        let (cream, dry, arabic, german) = ("Crème brûlée in CSS", "Don't \"repeat\" yourself", "مرحبا بالعالم", "Strasse und Straße");
        for (q, expected) in [
            // Words and their beginnings, wherever they stand; all of them must be there.
            ("css", vec![cream]),
            ("anim", vec![cream]),
            ("bounces css", vec![cream]),
            ("css style", vec![]),
            ("ounces", vec![]),
            ("bouncesx", vec![]),
            // Case and accents, either way.
            ("CREME", vec![cream]),
            ("crème", vec![cream]),
            ("cre\u{301}me", vec![cream]),
            ("brulee", vec![cream]),
            ("grosser", vec![german]),
            ("GROẞER", vec![german]),
            ("strasse", vec![german]),
            ("straße", vec![german]),
            ("gross", vec![german]),
            ("größer", vec![german]),
            ("grö", vec![german]),
            ("مرحبا", vec![arabic]),
            ("مرح", vec![arabic]),
            // With the Arabic article and without it.
            ("عربية", vec![arabic]),
            ("العربية", vec![arabic]),
            ("العر", vec![arabic]),
            ("المرحبا", vec![arabic]),
            ("ترجمة", vec![translation]),
            ("اللغات", vec![translation]),
            ("ال", vec![translation, arabic]),
            // What programmers write with a sign.
            ("c++", vec![cpp]),
            ("C#", vec![cpp]),
            (".net", vec![cpp]),
            ("net", vec![cpp]),
            ("c+", vec![cpp]),
            ("css++", vec![]),
            (".css", vec![]),
            // What other searches take for syntax.
            ("\"css\"", vec![cream]),
            ("\"", vec![]),
            ("'; DROP TABLE discoveries; --", vec![]),
            ("css OR style", vec![]),
            ("snake OR kebab", vec![dry]),
            ("snake_case", vec![dry]),
            ("s_ake", vec![]),
            ("100%", vec![dry]),
            ("%", vec![]),
            ("c%x", vec![]),
            ("css*", vec![cream]),
            ("title:css", vec![]),
            ("-css", vec![cream]),
            ("NEAR(css, anim)", vec![]),
            ("css & anim", vec![cream]),
            ("!css", vec![cream]),
            ("\\", vec![]),
            ("don't", vec![dry]),
        ] {
            assert_eq!(titles(&fac, &format!("?q={}", encoded(q))), expected, "{q}");
        }
        // What an earlier version stored is found after it was read again.
        world.db(|conn| {
            diesel::update(discoveries::table)
                .set((discoveries::search_words.eq(""), discoveries::topic_folded.eq("")))
                .execute(conn)?;
            Ok(())
        });
        assert!(titles(&fac, "?q=strasse").is_empty());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(app::sweep(&world.state.db, Instant::now())).unwrap();
        assert_eq!(titles(&fac, "?q=strasse"), [german]);
        assert_eq!(titles(&fac, "?topic=german"), [german]);
        let long = "x ".repeat(100);
        assert!(titles(&fac, &format!("?q={}", encoded(long.trim()))).is_empty());
        let get = |q: &str| fac.students[0].get(&format!("{}?q={}", path(&fac), encoded(q)));
        get(&"x".repeat(201)).problem(400, "invalid_parameter");
        get("\n").problem(400, "invalid_parameter");
        assert_eq!(get("css").is(200).data().len(), 1);
    }
}
