// A prepared statement, and one use of it.
//
// What lives here: the C interface of SQLite for statements. What may not: SQL.
#pragma once

#include <bit>
#include <concepts>
#include <memory>
#include <optional>
#include <sqlite3.h>

#include "storage/store.h"

namespace omzien::storage::sqlcipher {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// One run of a prepared statement: values are bound, rows come one by one, and when it goes the
// statement is free again and forgets the values. Blobs are bound without copying: they must
// outlive the use. An error at preparing or binding comes out of the first step().
class Use {
 public:
  // `probe`: reads any page of the database; nullptr while its key has not been tried.
  Use(sqlite3* database, sqlite3_stmt* statement, sqlite3_stmt* probe, int prepared)
      : database_(database), statement_(statement), probe_(probe), result_code_(prepared) {}
  Use(Use&& other) noexcept;
  Use& operator=(Use&&) = delete;
  ~Use();

  // Values for ?1, ?2, … in order: integers, booleans, bytes, or bytes that may be absent (NULL).
  template <class... Values>
  Use& bind(const Values&... values) {
    int index = 0;
    (bind_at(++index, values), ...);
    return *this;
  }

  // True: a row is there. False: no more rows. kDamaged also when a column read before was not as
  // it should be.
  Result<bool> step();

  // Runs to the end, for statements without rows; the number of rows changed.
  Result<std::uint64_t> run();

  // The current row's columns, from 0.
  template <std::unsigned_integral T>
  T number(int column) const {
    return static_cast<T>(sqlite3_column_int64(statement_, column));
  }
  bool flag(int column) const { return sqlite3_column_int64(statement_, column) != 0; }
  crypto::ByteView view(int column) const;  // until the next step
  crypto::Bytes bytes(int column) const;
  std::optional<crypto::Bytes> bytes_or_null(int column) const;

  // A value of fixed size; zeros, and kDamaged from the next step, when the column has another
  // size.
  template <class Fixed>
  Fixed fixed(int column) {
    if (auto value = Fixed::from(view(column))) return *value;
    damaged_ = true;
    return Fixed();
  }

 private:
  template <std::unsigned_integral T>
  void bind_at(int index, T value) {
    check(sqlite3_bind_int64(statement_, index, std::bit_cast<std::int64_t>(std::uint64_t{value})));
  }
  template <class Tag, std::size_t kBytes>
  void bind_at(int index, const crypto::FixedBytes<Tag, kBytes>& value) {
    bind_at(index, value.view());
  }
  void bind_at(int index, crypto::ByteView bytes);
  void bind_at(int index, const crypto::Bytes& bytes) { bind_at(index, crypto::ByteView(bytes)); }
  void bind_at(int index, const std::optional<crypto::Bytes>& bytes);
  void check(int result_code);
  bool read_what_was_written() const;

  sqlite3* database_;
  sqlite3_stmt* statement_;  // nullptr: moved from, or not prepared
  sqlite3_stmt* probe_;
  int result_code_;
  bool damaged_ = false;
};

}  // namespace omzien::storage::sqlcipher
