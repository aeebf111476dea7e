//! Settings of SQLite that diesel 2.3 does not give out: so every connection gets them from SQLite when it is
//! opened. The calls that this takes are the only unsafe code of the service.
//!
//! - A time limit for what a thread asks, which SQLite has no setting for as PostgreSQL has: it asks a progress handler
//!   every so many steps of a statement whether it may go on.
//! - Statements stay as they were prepared. Where SQLite has statistics (`SQLITE_ENABLE_STAT4`, as it is bundled), it
//!   otherwise prepares one again whenever another value is bound, which costs more than running it.
//! - No locks inside a connection: each is used by one thread at a time.

use std::{
    cell::Cell,
    ffi::{c_char, c_int, c_void},
    ptr,
    sync::Once,
    time::{Duration, Instant},
};

use libsqlite3_sys as sqlite;

/// Steps between two looks at the clock: a fraction of a millisecond.
const STEPS: c_int = 10_000;

thread_local! {
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Makes all connections that this process opens from now on heed the limits of the threads that use them. To be called
/// before the first connection is opened: later, SQLite keeps its locks.
pub fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // SAFETY: the option takes no arguments; SQLite refuses it if it is in use already.
        unsafe { sqlite::sqlite3_config(sqlite::SQLITE_CONFIG_MULTITHREAD) };
        // SAFETY: `watch` is what SQLite expects an automatic extension to be, and lives as long as the process.
        unsafe { sqlite::sqlite3_auto_extension(Some(watch)) };
    });
}

/// Runs `ask`; what it asks SQLite on this thread is interrupted after `time`, which is an error of the statement.
pub fn limited<T>(time: Duration, ask: impl FnOnce() -> T) -> T {
    struct Reset(Option<Instant>);
    impl Drop for Reset {
        fn drop(&mut self) {
            DEADLINE.set(self.0);
        }
    }
    let _reset = Reset(DEADLINE.replace(Some(Instant::now() + time)));
    ask()
}

/// # Safety
/// `connection` must be open, as it is when SQLite calls this.
unsafe extern "C" fn watch(
    connection: *mut sqlite::sqlite3,
    _error: *mut *mut c_char,
    _api: *const sqlite::sqlite3_api_routines,
) -> c_int {
    // SAFETY: the connection is open, and the handler takes no argument that could go away.
    unsafe { sqlite::sqlite3_progress_handler(connection, STEPS, Some(is_over), ptr::null_mut()) };
    let nothing: *mut c_int = ptr::null_mut();
    // SAFETY: the connection is open, and the option takes a number and a place for the old one, which may be null.
    unsafe { sqlite::sqlite3_db_config(connection, sqlite::SQLITE_DBCONFIG_ENABLE_QPSG, 1 as c_int, nothing) };
    sqlite::SQLITE_OK
}

extern "C" fn is_over(_nothing: *mut c_void) -> c_int {
    DEADLINE.get().is_some_and(|deadline| Instant::now() >= deadline).into()
}
