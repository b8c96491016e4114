// Who reads a new case: from the names a reporter gave to people of the directory.
#pragma once

#include "clients/core/errors.h"
#include "clients/core/outbox.h"
#include "protocol/directory.h"

namespace omzien::core {

struct FoundReaders {
  std::vector<protocol::MemberId> members;  // the first is the holder
  std::optional<protocol::MemberId> stand_in;
};

// Names, or all advisers of a unit; a signal goes to the coordinators and the reflection room,
// whoever is named. kBadInput names what does not fit: somebody unknown or who is no adviser,
// nobody at all, too many.
Result<FoundReaders> find_readers(const OpeningDraft&, const protocol::Directory&,
                                  protocol::Day today);

// Who is here that day under this name: whoever leaves later still is. Of two, the one of whom
// nobody said that they leave. Null: nobody.
const protocol::Person* person_here(const protocol::Directory&, std::string_view name,
                                    protocol::Day today);

}  // namespace omzien::core
