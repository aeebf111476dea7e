//! A disk that is full, that fails, and that gives back something else than was written to it.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use diesel::{dsl::sql, prelude::*, sql_types};

use crate::{
    load::{Camp, Load, assert_none_lost, assert_nothing_lost, serve},
    postgres::free_port,
    process::{Served, Workspace},
    until,
};

const SOON: Duration = Duration::from_secs(60);

/// `peerled serve`, begun by a shell script that ends with `exec "$@"`.
fn serve_after(workspace: &Workspace, wrapped: &[&str]) -> Served {
    let serve = workspace.command(&["serve", "--rate-limit", "off"]);
    let mut command = Command::new(wrapped[0]);
    command
        .args(&wrapped[1..])
        .arg("sh")
        .arg(serve.get_program())
        .args(serve.get_args());
    command.current_dir(workspace.path());
    for (name, value) in serve.get_envs() {
        command.env(name, value.unwrap());
    }
    Workspace::start(command)
}

/// With the data on a file system of its own, seen by that process alone.
fn serve_on(workspace: &Workspace, mount: &str) -> (Served, PathBuf) {
    let data = workspace.path().join("data");
    fs::create_dir(&data).unwrap();
    let script = format!("mount {mount} data && exec \"$@\"");
    let server = serve_after(
        workspace,
        &["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &script],
    );
    let seen = PathBuf::from(format!("/proc/{}/root{}", server.id(), data.display()));
    (server, seen)
}

fn ready(server: &Served) -> (u16, String) {
    server.get("/readyz")
}

#[test]
fn a_full_disk_is_told_and_emptied_the_service_goes_on() {
    let workspace = Workspace::new();
    let (server, data) = serve_on(&workspace, "-t tmpfs -o size=16m none");
    let camp = Camp::open(&server);
    let load = Load::start(&camp, 4);
    load.goes_on(10, SOON);

    let mut ballast = fs::File::create(data.join("ballast")).unwrap();
    for size in [1 << 16, 1 << 12] {
        while ballast.write_all(&vec![1; size]).is_ok() {}
    }
    let (_, said) = until(SOON, |(status, _)| *status == 503, || ready(&server));
    assert!(said.contains("disk is full"), "{said}");
    // What is there can be read.
    assert_eq!(server.ask("GET", &camp.slots(), &camp.token, "").0, 200);
    let refused = until(
        SOON,
        |(status, _)| *status == 503,
        || {
            server.ask(
                "POST",
                &camp.slots(),
                &camp.token,
                r#"{"week":2,"kind":"week","min":0,"capacity":1}"#,
            )
        },
    );
    assert!(refused.1.contains("disk is full"), "{}", refused.1);

    fs::remove_file(data.join("ballast")).unwrap();
    drop(ballast);
    until(SOON, |(status, _)| *status == 200, || ready(&server));
    load.goes_on(10, SOON);
    let told = load.stop();
    assert_eq!(told.wrong, [""; 0]);
    assert_eq!(told.cut + told.refused, 0, "the process itself went on");
    // As a crash would leave them: SQLite itself does not find its way into another process's file systems.
    let signal = |name: &str| {
        let sent = Command::new("kill").args([name, &server.id().to_string()]).status();
        assert!(sent.unwrap().success());
    };
    signal("-STOP");
    for name in ["peerled.db", "peerled.db-wal"] {
        fs::copy(data.join(name), workspace.path().join(name)).unwrap();
    }
    signal("-CONT");
    assert_none_lost(&data_url(workspace.path()), &told);
    assert_eq!(server.stop().code, 0);
}

fn data_url(data: &Path) -> String {
    format!("sqlite://{}", data.join("peerled.db").display())
}

#[test]
fn a_disk_that_refuses_to_be_written_is_told_and_the_service_goes_on_when_it_does() {
    let workspace = Workspace::new();
    // A process may be forbidden to write beyond the first byte of a file, which fails as a bad disk does.
    let server = serve_after(&workspace, &["sh", "-c", "trap '' XFSZ; exec \"$@\""]);
    let camp = Camp::open(&server);
    let load = Load::start(&camp, 4);
    load.goes_on(10, SOON);
    let limit = |size: &str| {
        let pid = server.id().to_string();
        let set = Command::new("prlimit")
            .args(["--pid", &pid, &format!("--fsize={size}:")])
            .status();
        assert!(set.unwrap().success());
    };
    limit("1");
    let (_, said) = until(SOON, |(status, _)| *status == 503, || ready(&server));
    assert!(said.contains("cannot be read or written"), "{said}");
    assert_eq!(server.ask("GET", &camp.slots(), &camp.token, "").0, 200);
    limit("unlimited");
    until(SOON, |(status, _)| *status == 200, || ready(&server));
    load.goes_on(10, SOON);
    let told = load.stop();
    assert_eq!(told.wrong, [""; 0]);
    assert_eq!(told.cut + told.refused, 0, "the process itself went on");
    assert_eq!(server.stop().code, 0);
    assert_nothing_lost(&data_url(&workspace.path().join("data")), &told);
}

#[test]
fn a_disk_that_may_only_be_read_ends_the_start_with_a_sentence() {
    let workspace = Workspace::new();
    workspace.run(&["migrate"]).ok();
    let serve = workspace.command(&["serve"]);
    let script = "mount --bind data data && mount -o remount,bind,ro data && exec \"$@\"";
    let ran = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .arg(serve.get_program())
        .args(["serve", "--bind", "127.0.0.1:0"])
        .current_dir(workspace.path())
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(!ran.status.success(), "{said}");
    assert!(said.contains("peerled: ") && said.contains("readonly"), "{said}");
}

#[test]
fn a_damaged_page_is_found_and_the_database_refused_until_a_backup_is_put_back() {
    let (workspace, port) = (Workspace::new(), free_port());
    let server = serve(&workspace, port, None);
    let camp = Camp::open(&server);
    assert_eq!(server.stop().code, 0);
    workspace.run(&["backup", "copy"]).ok();
    let database = workspace.path().join("data/peerled.db");
    let good = fs::read(&database).unwrap();

    // While it runs: whoever reads the page finds it.
    let server = serve(&workspace, port, None);
    assert_eq!(ready(&server).0, 200);
    damage(&database, 4096..good.len());
    let (_, said) = until(
        SOON,
        |(status, _)| *status == 503,
        || server.ask("GET", &camp.slots(), &camp.token, ""),
    );
    assert!(said.contains("peerled restore"), "{said}");
    let (status, said) = ready(&server);
    assert!(status == 503 && said.contains("peerled restore"), "{said}");
    let (status, said) = server.ask(
        "POST",
        "/v1/people",
        "",
        r#"{"email":"a@example.org","name":"A","password":"weaver lamp orbit"}"#,
    );
    assert_eq!(status, 503, "{said}");
    assert_eq!(server.get("/healthz").0, 200);
    assert!(server.log().contains("the database is damaged"), "{}", server.log());
    server.stop();

    // And at the start, although nobody has read the page yet.
    workspace.run(&["restore", "copy", "--overwrite"]).ok();
    damage(&database, page_of(&database, "mentor_swap_offers"));
    let server = serve(&workspace, port, None);
    let (_, said) = until(SOON, |(status, _)| *status == 503, || ready(&server));
    assert!(said.contains("peerled restore"), "{said}");
    server.stop();

    workspace.run(&["restore", "copy", "--overwrite"]).ok();
    let server = serve(&workspace, port, None);
    assert_eq!(ready(&server).0, 200);
    assert_eq!(server.ask("GET", &camp.slots(), &camp.token, "").0, 200);

    // What cannot even be opened ends the start with the same advice.
    drop(server);
    damage(&database, 0..4096);
    let refused = workspace.run(&["migrate"]).refused(1);
    assert!(refused.contains("peerled restore"), "{refused}");
}

/// Where the first page of a table lies in the file.
fn page_of(database: &Path, table: &str) -> std::ops::Range<usize> {
    let mut conn = diesel::SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    let rootpage = sql::<sql_types::BigInt>(&format!("SELECT rootpage FROM sqlite_schema WHERE name = '{table}'"));
    let page: i64 = rootpage.get_result(&mut conn).unwrap();
    let page = usize::try_from(page).unwrap();
    (page - 1) * 4096..page * 4096
}

fn damage(file: &Path, bytes: std::ops::Range<usize>) {
    let disk = fs::OpenOptions::new().write(true).open(file).unwrap();
    disk.write_all_at(&vec![0x5a; bytes.len()], bytes.start as u64).unwrap();
}
