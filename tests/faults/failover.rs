//! Three PostgreSQL servers under Patroni with etcd, HAProxy before them and before two processes of ours: the primary is
//! killed under load. Runs where `tests/faults/failover` asks for it, which installs what it needs.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    load::{Camp, Load, assert_nothing_lost, serve_with},
    postgres::{find, free_port, is_root},
    process::Workspace,
    report, until,
};

const NODES: usize = 3;
const STARTED: Duration = Duration::from_secs(120);

/// Processes that end with the test.
struct Machines {
    folder: TempDir,
    etcd: u16,
    /// Of PostgreSQL and of Patroni.
    ports: [(u16, u16); NODES],
    patroni: [Option<Child>; NODES],
    others: Vec<Child>,
}

impl Machines {
    fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("peerled-failover.")
            .tempdir_in("/tmp")
            .unwrap();
        let mut machines = Self {
            folder,
            etcd: free_port(),
            ports: [(); NODES].map(|()| (free_port(), free_port())),
            patroni: [const { None }; NODES],
            others: Vec::new(),
        };
        let (client, peer) = (local(machines.etcd), local(free_port()));
        let data = machines.path("etcd");
        let etcd = [
            "etcd",
            "--data-dir",
            &data,
            "--listen-client-urls",
            &client,
            "--advertise-client-urls",
            &client,
            "--listen-peer-urls",
            &peer,
            "--initial-advertise-peer-urls",
            &peer,
            "--initial-cluster",
            &format!("default={peer}"),
        ];
        let etcd = machines.spawn(&etcd, "etcd");
        machines.others.push(etcd);
        if is_root() {
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(machines.folder.path())
                .status();
            assert!(owned.unwrap().success());
        }
        for node in 0..NODES {
            machines.start_node(node);
        }
        machines
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Starts a program of this machine; under PostgreSQL's user, where we are root.
    fn spawn(&self, command: &[&str], log: &str) -> Child {
        let as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
        let wrapped: Vec<&str> = match is_root() && log.starts_with("node") {
            true => as_postgres.iter().chain(command).copied().collect(),
            false => command.to_vec(),
        };
        let log = fs::File::create(self.path(&format!("{log}.log"))).unwrap();
        Command::new(wrapped[0])
            .args(&wrapped[1..])
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}; tests/faults/failover installs it"))
    }

    fn start_node(&mut self, node: usize) {
        let (folder, bin) = (self.folder.path().display(), find().unwrap());
        let ((postgres, patroni), bin) = (self.ports[node], bin.display());
        let etcd = self.etcd;
        let settings = format!(
            "scope: peerled
name: node{node}
restapi: {{listen: '127.0.0.1:{patroni}', connect_address: '127.0.0.1:{patroni}'}}
etcd3: {{host: '127.0.0.1:{etcd}'}}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: {{synchronous_commit: 'on', max_connections: 100, wal_keep_size: 256MB}}
  initdb: [encoding: UTF8, data-checksums]
  pg_hba:
    - local all all trust
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust
postgresql:
  listen: '127.0.0.1:{postgres}'
  connect_address: '127.0.0.1:{postgres}'
  pgpass: {folder}/node{node}.pgpass
  data_dir: {folder}/node{node}
  bin_dir: {bin}
  authentication:
    superuser: {{username: peerled}}
    replication: {{username: replicator}}
  parameters: {{unix_socket_directories: '{folder}'}}
"
        );
        let file = self.path(&format!("node{node}.yml"));
        fs::write(&file, settings).unwrap();
        self.patroni[node] = Some(self.spawn(&["patroni", &file], &format!("node{node}")));
    }

    /// HAProxy before the databases and before our own processes, as `docs/postgresql.md` has it.
    fn start_proxy(&mut self, database: u16, api: u16, behind: &[u16]) {
        let databases: Vec<String> = self
            .ports
            .iter()
            .map(|(postgres, patroni)| format!("  server node{postgres} 127.0.0.1:{postgres} check port {patroni}"))
            .collect();
        let ours: Vec<String> = behind
            .iter()
            .map(|port| format!("  server api{port} 127.0.0.1:{port} check"))
            .collect();
        let settings = format!(
            "defaults
  timeout connect 3s
  timeout client 5m
  timeout server 5m
listen database
  bind 127.0.0.1:{database}
  mode tcp
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
{}
listen api
  bind 127.0.0.1:{api}
  mode http
  option httpchk GET /readyz
  option redispatch
  retries 3
  default-server inter 500ms fall 1 rise 1
  http-error status 503 content-type application/problem+json string '{{\"status\":503}}' hdr Retry-After 1
{}
",
            databases.join("\n"),
            ours.join("\n")
        );
        let file = self.path("haproxy.cfg");
        fs::write(&file, settings).unwrap();
        let proxy = self.spawn(&["/usr/sbin/haproxy", "-db", "-f", &file], "haproxy");
        self.others.push(proxy);
    }

    /// What Patroni knows: the primary, and how many standbys follow it, one of them synchronously.
    fn seen(&self) -> (Option<usize>, usize, bool) {
        let ask = |port: &u16| -> Option<Value> {
            let told = ureq::get(format!("http://127.0.0.1:{port}/cluster")).call().ok()?;
            serde_json::from_str(&told.into_body().read_to_string().ok()?).ok()
        };
        let Some(cluster) = self.ports.iter().find_map(|(_, patroni)| ask(patroni)) else {
            return (None, 0, false);
        };
        let members = cluster["members"].as_array().cloned().unwrap_or_default();
        let running =
            |member: &&Value| ["running", "streaming"].contains(&member["state"].as_str().unwrap_or_default());
        let of = |role: &str| {
            members
                .iter()
                .filter(running)
                .filter(|member| member["role"] == role)
                .count()
        };
        let leader = members.iter().filter(running).find(|member| member["role"] == "leader");
        let leader = leader.and_then(|member| member["name"].as_str()?.strip_prefix("node")?.parse().ok());
        (leader, of("sync_standby") + of("replica"), of("sync_standby") > 0)
    }

    /// The primary, when all are there.
    fn whole(&self) -> usize {
        let is_whole = |seen: &(Option<usize>, usize, bool)| matches!(seen, (Some(_), 2, true));
        until(STARTED, is_whole, || self.seen()).0.unwrap()
    }

    /// As if its machine lost power: PostgreSQL and Patroni at once.
    fn kill(&mut self, node: usize) {
        let pid = fs::read_to_string(self.path(&format!("node{node}/postmaster.pid"))).unwrap();
        let mut patroni = self.patroni[node].take().unwrap();
        let postmaster = pid.lines().next().unwrap();
        let killed = Command::new("kill")
            .args(["-KILL", postmaster, &patroni.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        patroni.wait().unwrap();
    }
}

impl Drop for Machines {
    fn drop(&mut self) {
        for node in 0..NODES {
            if self.patroni[node].is_some() && PathBuf::from(self.path(&format!("node{node}/postmaster.pid"))).exists()
            {
                self.kill(node);
            }
        }
        for mut other in self.others.drain(..) {
            let _ = other.kill();
            let _ = other.wait();
        }
    }
}

fn local(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "what to test is no setting of the service")]
fn when_the_primary_is_killed_writes_go_on_by_themselves_and_nothing_is_lost() {
    if std::env::var("PEERLED_FAULTS").as_deref() != Ok("failover") {
        return;
    }
    let (workspace, database, api) = (Workspace::new(), free_port(), free_port());
    let mut machines = Machines::start();
    machines.whole();
    let ours = [free_port(), free_port()];
    machines.start_proxy(database, api, &ours);
    let url = format!("postgres://peerled@127.0.0.1:{database}/postgres");
    // Until it has looked, the proxy takes all of them for the primary.
    std::thread::sleep(Duration::from_secs(4));
    let reachable = || {
        let write = Command::new("psql")
            .args([&url, "-qc", "CREATE TEMPORARY TABLE written ()"])
            .output();
        write.unwrap().status.success()
    };
    until(STARTED, |reachable| *reachable, reachable);
    let more = ["--drain", "1", "--public-url", "http://peerled.test"];
    let servers = ours.map(|port| serve_with(&workspace, port, Some(&url), &more));
    let mut camp = Camp::open(&servers[0]);
    camp.url = local(api);
    let load = Load::start(&camp, 8);
    load.goes_on(50, STARTED);
    for round in 1..=3 {
        let primary = machines.whole();
        let (before, killed) = (load.acknowledged(), Instant::now());
        machines.kill(primary);
        // What was under way may still be answered; the rest is from the new primary.
        std::thread::sleep(Duration::from_secs(3));
        load.goes_on(20, STARTED);
        let (paused, after) = (killed.elapsed(), load.acknowledged());
        report(&format!(
            "failover {round}: node{primary} killed after {before} writes; {after} after {paused:.1?}"
        ));
        let followers = |seen: &(Option<usize>, usize, bool)| matches!(seen, (Some(now), ..) if *now != primary);
        until(STARTED, followers, || machines.seen());
        machines.start_node(primary);
    }
    machines.whole();
    load.goes_on(50, STARTED);
    let told = load.stop();
    assert_eq!(told.wrong, [""; 0]);
    drop(servers);
    assert_nothing_lost(&url, &told);
    report(&format!(
        "failover: 3 primaries killed, {} writes acknowledged, 0 lost, 0 twice; answers by status: {:?}",
        told.made.len(),
        told.statuses
    ));
}
