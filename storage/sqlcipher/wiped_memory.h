// SQLite's memory, overwritten when it is let go of: pages that were decrypted have case shares in
// them, and a share that a withdrawal destroyed may not lie on in memory that nobody uses.
//
// SQLCipher can do so too, but locks all of it in memory besides, which halved the speed.
#pragma once

namespace omzien::storage::sqlcipher {

// From the first call on, for all of the process; later calls change nothing. Before anything else
// uses SQLite: false, and nothing is changed, if something did.
bool wipe_what_sqlite_frees();

}  // namespace omzien::storage::sqlcipher
