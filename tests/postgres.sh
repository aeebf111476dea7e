# shellcheck shell=bash
# A throw-away PostgreSQL cluster, sourced by tests/run: start_postgres starts one and exports
# PEERLED_TEST_POSTGRES_URL; stop_postgres removes every trace of it. Errors are explained on stderr.

# shellcheck source=tests/packages.sh
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

pg_dir=      # everything the cluster owns
pg_bin=      # where initdb and pg_ctl are
pg_as=()     # puts a command under another user when we are root, whom PostgreSQL refuses

find_postgres() {
    local initdb
    initdb=$(command -v initdb || printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [ -x "$initdb" ] && pg_bin=$(dirname "$(readlink -f "$initdb")")
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start_postgres() {
    local port
    find_postgres || { install_packages postgresql && find_postgres; } || return 1

    # Each test copies a database of some 800 files, which memory does ten times as fast as most disks. Otherwise under
    # /tmp, whatever TMPDIR says: the path of a unix socket has about 100 characters.
    local folder=/tmp
    if [ -w /dev/shm ] && [ "$(df --output=avail -k /dev/shm | tail -n 1)" -ge 2097152 ]; then
        folder=/dev/shm
    fi
    pg_dir=$(mktemp -d "$folder/peerled-postgres.XXXXXX") || return 1
    if [ "$(id -u)" = 0 ]; then
        id postgres >/dev/null 2>&1 || useradd --system --no-create-home postgres || return 1
        chown postgres "$pg_dir" || return 1
        pg_as=(runuser -u postgres --)
    fi

    (cd "$pg_dir" && "${pg_as[@]}" "$pg_bin/initdb" -D "$pg_dir/data" -A trust -U peerled \
        --encoding=UTF8 --locale=C --no-sync >"$pg_dir/initdb.log" 2>&1) ||
        { cat "$pg_dir/initdb.log" >&2; return 1; }

    # Nothing here outlives the run, so durability is switched off for speed, and nothing is worth vacuuming. Many
    # connections and locks, because every test has a database or schema of its own.
    cat >>"$pg_dir/data/postgresql.conf" <<CONF
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
autovacuum = off
jit = off
shared_buffers = 128MB
max_connections = 200
max_locks_per_transaction = 256
listen_addresses = '127.0.0.1'
unix_socket_directories = '$pg_dir'
CONF

    # Failures must not be told by English words, so the server speaks German, wherever Debian's packages have its
    # messages: of the locales a bare system has, C.UTF-8 is the one that listens to LANGUAGE.
    if locale -a | grep -qix 'C\.utf-\?8'; then
        echo "lc_messages = 'C.UTF-8'" >>"$pg_dir/data/postgresql.conf"
    fi

    # A port that is free now may be taken a moment later, hence the attempts.
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 10000))
        port_is_free "$port" || continue
        if (cd "$pg_dir" && LANGUAGE=de "${pg_as[@]}" "$pg_bin/pg_ctl" -D "$pg_dir/data" -w -t 60 \
            -o "-p $port" -l "$pg_dir/server.log" start >/dev/null 2>&1); then
            export PEERLED_TEST_POSTGRES_URL="postgres://peerled@127.0.0.1:$port/postgres"
            return 0
        fi
    done
    tail -n 20 "$pg_dir/server.log" >&2
    return 1
}

stop_postgres() {
    [ -n "$pg_dir" ] || return 0
    (cd "$pg_dir" && "${pg_as[@]}" "$pg_bin/pg_ctl" -D "$pg_dir/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$pg_dir"
    pg_dir=
}
