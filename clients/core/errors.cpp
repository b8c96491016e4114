#include "clients/core/errors.h"

namespace omzien::core {

Error refusal(rules::Status status) {
  using rules::Status;
  switch (status) {
    case Status::kNothing:
      return {ErrorKind::kRefused,
              "there is no such case: a word may be mistyped, or the case may have been destroyed, "
              "or it is not (or "
              "no longer) shared with this key"};
    case Status::kMalformed:
      return {ErrorKind::kDefect, "the gateway could not read what this program sent"};
    case Status::kNewerVersion:
      return {ErrorKind::kRefused, "the gateway is older than this program and can't do this"};
    case Status::kStaleBeacon:
      return {ErrorKind::kUnreachable, "the gateway's answers don't keep up; try again"};
    case Status::kStaleHead:
      return {ErrorKind::kUnreachable, "somebody else wrote at the same moment; try again"};
    case Status::kStaleDay:
      return {ErrorKind::kUnreachable, "the day changed while sending; try again"};
    case Status::kStaleDirectory:
      return {ErrorKind::kUnreachable,
              "the organisation's directory changed while sending; try again"};
    case Status::kForbidden:
      return {ErrorKind::kRefused, "the rules of this case don't allow this"};
    case Status::kTooLarge: return {ErrorKind::kBadInput, "this is too large to send"};
    case Status::kQuota:
      return {ErrorKind::kRefused,
              "this case, or the gateway, has taken all it takes today; try again tomorrow"};
    case Status::kLater: return {ErrorKind::kUnreachable, "the gateway is busy; try again"};
    case Status::kStorage:
      return {ErrorKind::kUnreachable, "the gateway could not store it; nothing was changed"};
    case Status::kIncomplete:
      return {ErrorKind::kUnreachable, "part of the text did not arrive; try again"};
    case Status::kDone: break;
  }
  return {ErrorKind::kDefect, "the gateway answered with a number this program does not know"};
}

}  // namespace omzien::core
