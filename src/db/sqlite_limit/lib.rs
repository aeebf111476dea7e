//! A time limit for what a thread asks SQLite, which has no setting for it as PostgreSQL has.
//!
//! SQLite asks a progress handler every so many steps of a statement whether it may go on. diesel 2.3 neither sets one
//! nor gives out the connection, so every connection gets it from SQLite when it is opened. The two calls that
//! this takes are the only unsafe code of the service; once diesel has `SqliteConnection::on_progress`, this crate can go.

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

/// Makes all connections that this process opens from now on heed the limits of the threads that use them.
pub fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
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
    sqlite::SQLITE_OK
}

extern "C" fn is_over(_nothing: *mut c_void) -> c_int {
    DEADLINE.get().is_some_and(|deadline| Instant::now() >= deadline).into()
}
