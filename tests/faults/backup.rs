//! Copies under load, and the way back.

use std::{fs, path::Path, time::Duration};

use crate::{
    load::{Camp, Load, serve},
    postgres::{Cluster, free_port},
    process::Workspace,
};

#[test]
fn a_backup_under_load_is_whole_and_comes_back() {
    let cluster = Cluster::start();
    let databases = [None, cluster.as_ref().map(Cluster::url)];
    for database in databases.iter().take(1 + usize::from(cluster.is_some())) {
        let workspace = Workspace::new();
        let server = serve(&workspace, free_port(), database.as_deref());
        let camp = Camp::open(&server);
        let load = Load::start(&camp, 4);
        load.goes_on(20, Duration::from_secs(60));
        let on = |workspace: &Workspace, database: Option<&str>, arguments: &[&str]| {
            let database: Vec<&str> = database.iter().flat_map(|url| ["--database-url", url]).collect();
            workspace.run(&[arguments, &database].concat())
        };
        let before = load.acknowledged();
        let said = on(&workspace, database.as_deref(), &["backup", "copy"]).ok();
        assert!(said.contains("found sound"), "{said}");
        load.goes_on(20, Duration::from_secs(60));

        // What is there is neither written over nor pulled away from under a running service.
        let taken = on(&workspace, database.as_deref(), &["backup", "copy"]).refused(1);
        assert!(taken.contains("is there already"), "{taken}");
        let in_use = on(&workspace, database.as_deref(), &["restore", "copy", "--overwrite"]).refused(1);
        assert!(in_use.contains("stop the service first"), "{in_use}");
        let told = load.stop();
        assert_eq!(told.wrong, [""; 0]);
        assert_eq!(server.stop().code, 0);
        let full = on(&workspace, database.as_deref(), &["restore", "copy"]).refused(1);
        assert!(full.contains("--overwrite"), "{full}");

        // Over itself, and into an empty workspace: the state of one moment, in which nothing is half there.
        let elsewhere = Workspace::new();
        let empty = cluster
            .as_ref()
            .filter(|_| database.is_some())
            .map(|cluster| cluster.another("empty"));
        for name in ["copy", "copy.sha256"] {
            fs::copy(workspace.path().join(name), elsewhere.path().join(name)).unwrap();
        }
        on(&workspace, database.as_deref(), &["restore", "copy", "--overwrite"]).ok();
        on(&elsewhere, empty.as_deref(), &["restore", "copy"]).ok();
        for (workspace, database) in [(&workspace, database.as_deref()), (&elsewhere, empty.as_deref())] {
            let local = format!("sqlite://{}", workspace.path().join("data/peerled.db").display());
            let (made, keys, noted) = crate::load::counts(database.unwrap_or(&local));
            assert!(
                made >= before && made <= told.made.len(),
                "{made} slots, {before} before the backup"
            );
            assert_eq!(
                (keys, noted),
                (made, made),
                "keys and entries of the trail belong to what was made"
            );
            let server = serve(workspace, free_port(), database);
            assert_eq!(server.get("/readyz").0, 200);
            assert_eq!(server.stop().code, 0);
        }
    }
}

/// Each fault, and the word of the sentence by which it is refused.
#[test]
fn a_backup_that_is_not_sound_is_refused_before_anything_is_touched() {
    let workspace = Workspace::new();
    workspace.run(&["migrate"]).ok();
    workspace.run(&["backup", "copy"]).ok();
    let copy = workspace.path().join("copy");
    assert_eq!(mode(&copy), 0o600);
    let (good, sum) = (
        fs::read(&copy).unwrap(),
        fs::read_to_string(workspace.path().join("copy.sha256")).unwrap(),
    );
    let checked = std::process::Command::new("sha256sum")
        .args(["--check", "--quiet", "copy.sha256"])
        .current_dir(workspace.path())
        .status();
    assert!(checked.unwrap().success());
    let database = workspace.path().join("data/peerled.db");
    let before = fs::read(&database).unwrap();
    let refused = |words: &str| {
        let sentence = workspace.run(&["restore", "copy", "--overwrite"]).refused(1);
        assert!(sentence.contains(words), "{sentence}");
        assert!(before == fs::read(&database).unwrap(), "the database was touched");
    };
    let resum = |bytes: &[u8]| {
        use sha2::Digest as _;
        fs::write(&copy, bytes).unwrap();
        let sum: String = sha2::Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        fs::write(workspace.path().join("copy.sha256"), format!("{sum}  copy\n")).unwrap();
    };
    let mut damaged = good.clone();
    damaged[8192..12288].fill(0x5a);
    fs::write(&copy, &damaged).unwrap();
    refused("its checksum is not the one");
    resum(&damaged);
    refused("is not sound");
    resum(&good[..good.len() / 2]);
    refused("is not sound");
    resum(b"not a database, and yet a file that is long enough to look like one");
    refused("is not sound");
    fs::remove_file(workspace.path().join("copy.sha256")).unwrap();
    refused("cannot read the checksum");
    fs::write(&copy, &good).unwrap();
    fs::write(workspace.path().join("copy.sha256"), sum).unwrap();
    let later = "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000')";
    execute(&copy, later);
    let changed = fs::read(&copy).unwrap();
    resum(&changed);
    refused("of a later version");
    // Whoever damaged the database itself can still put the good one back.
    resum(&good);
    fs::write(&database, vec![0x5a; 40960]).unwrap();
    workspace.run(&["restore", "copy", "--overwrite"]).ok();
    assert!(workspace.run(&["migrate"]).ok().contains("took 0 steps"));
    assert_eq!(mode(&database), 0o600);
    assert!(
        workspace
            .run(&["backup", "nowhere/copy"])
            .refused(1)
            .contains("nowhere")
    );
    let told: Vec<String> = workspace.trail().into_iter().map(|(command, ..)| command).collect();
    assert_eq!(told, ["peerled migrate", "peerled restore"]);
}

fn execute(database: &Path, sql: &str) {
    use diesel::{Connection as _, connection::SimpleConnection as _};
    let mut conn = diesel::SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    conn.batch_execute(sql).unwrap();
}

fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).unwrap().permissions().mode() & 0o777
}
