#include "gateway/people_operations.h"

#include <algorithm>

namespace omzien::gateway {
namespace {

using rules::Status;

// Hash, total and the tags and lengths of a DirectoryPart, at most.
constexpr std::size_t kPartOverheadBytes = 64;

}  // namespace

Answer read_directory(const Context& context, const protocol::ReadDirectory& ask) {
  const auto& directory = context.directory();
  const auto asked = ask.hash.value_or(directory.hash());
  const bool handbook = asked == directory.content().handbook_hash;
  if (!handbook && asked != directory.hash()) return refuse(Status::kStaleDirectory);
  const crypto::ByteView all = handbook ? context.people.handbook : directory.bytes();
  if (ask.offset > all.size()) return refuse(Status::kMalformed);
  if (context.room <= kPartOverheadBytes) return refuse(Status::kLater);
  const auto size = std::min(context.room - kPartOverheadBytes, all.size() - ask.offset);
  const auto part = all.subspan(ask.offset, size);
  return protocol::encode(protocol::DirectoryPart{
      asked, static_cast<std::uint32_t>(all.size()), {part.begin(), part.end()}});
}

Answer read_keys(storage::Reader& reader, const Context& context, const protocol::Keys& ask) {
  protocol::Certificates answer;
  std::size_t bytes = 0;
  for (const auto& id : ask.member_ids) {
    const auto stored = reader.certificate(id);
    if (!stored) return tl::unexpected(failure_of(stored.error()));
    const auto newest = newest_certificate(context.people, id, *stored, context.now.day());
    answer.certificates.push_back(newest ? newest->bytes() : crypto::Bytes{});
    bytes += answer.certificates.back().size();
    if (bytes > context.room) return refuse(Status::kLater);  // before more signatures are checked
  }
  auto body = protocol::encode(answer);
  if (body.size() > context.room) return refuse(Status::kLater);
  return body;
}

std::uint64_t number_in_store(const protocol::Directory& directory, const protocol::MemberId& id,
                              std::uint32_t number) {
  const auto* person = directory.person(id);
  const std::uint64_t replaced = person == nullptr ? 0 : person->signing_keys.size() - 1;
  return replaced << 32 | number;
}

Answer publish_key(storage::Transaction& transaction, const Context& context,
                   const CheckedPublish& ask) {
  const auto& content = ask.certificate.content();
  const auto stored = transaction.certificate(content.member_id);
  if (!stored) return tl::unexpected(failure_of(stored.error()));
  if (*stored && **stored == ask.certificate.bytes()) return crypto::Bytes{};
  const auto bundled = context.people.certificates.find(content.member_id);
  if (bundled != context.people.certificates.end()) {
    const auto& shown = bundled->second;
    if (shown.bytes() == ask.certificate.bytes()) return crypto::Bytes{};
    if (!shown.lapsed(context.now.day()) && shown.content().number >= content.number)
      return refuse(Status::kForbidden);
  }
  const auto number = number_in_store(context.directory(), content.member_id, content.number);
  const auto put = transaction.put_certificate(content.member_id, number, ask.certificate.bytes());
  if (put) return crypto::Bytes{};
  if (put.error() == storage::Error::kConflict) return refuse(Status::kForbidden);
  return tl::unexpected(failure_of(put.error()));
}

}  // namespace omzien::gateway
