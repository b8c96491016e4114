#include "tests/bench/sealed_reports.h"

#include <stdexcept>

#include "clients/core/seal.h"
#include "crypto/open/phrase.h"
#include "tests/kit/asking.h"

namespace omzien::bench {
namespace {

// Some 300 words: 2 KB, so that the story is padded to 4 KiB.
core::Story ordinary_story() {
  core::Story story;
  story.opening.case_kind = rules::CaseKind::kReport;
  story.opening.wants = {rules::Want::kStop};
  for (int i = 0; i < 60; ++i) story.story += "It happened again, in front of all. ";
  return story;
}

}  // namespace

SealedReport seal_report(const kit::Organisation& organisation,
                         const protocol::Directory& directory, protocol::Day today,
                         crypto::Random& random) {
  const auto certificate = [&](std::string_view name) {
    return protocol::Certificate::parse(organisation.certificate(organisation.member(name)),
                                        directory, today)
        .value();
  };
  auto reporter = std::make_unique<const core::Reporter>(
      crypto::generate_phrase(random, crypto::WordList::kDutch), organisation.service());
  const core::Readers readers{{certificate("mieke")}, certificate("ruud")};
  auto sealed = core::seal_case(*reporter, ordinary_story(), readers, directory, today, random);
  const auto share = sealed.share.reveal();
  SealedReport report{std::move(reporter), {{share.begin(), share.end()}, {}}};
  for (auto& entry : sealed.entries)
    report.body.entries.push_back({std::move(entry.header_bytes), entry.signature.to_bytes(),
                                   std::move(entry.payload), std::nullopt});
  return report;
}

crypto::Bytes signed_frame(rules::OperationKind kind, crypto::Bytes body,
                           const crypto::SigningKey& key, const protocol::Beacon& beacon,
                           const protocol::ServiceId& service) {
  protocol::Request request;
  request.operations.push_back(kit::signed_operation(kind, std::move(body), key, beacon, service));
  auto frame = protocol::encode_request(request, protocol::FrameSize::kSmall);
  if (!frame) throw std::invalid_argument("the operation does not fit a frame");
  return std::move(*frame);
}

crypto::Bytes frame_of(const SealedReport& report, const protocol::Beacon& beacon,
                       const protocol::ServiceId& service) {
  return signed_frame(rules::OperationKind::kOpen, protocol::encode(report.body),
                      report.reporter->signing_key(), beacon, service);
}

crypto::Bytes kept_bytes(const SealedReport& report) {
  auto kept = report.body.case_share;
  for (const auto& entry : report.body.entries)
    for (const auto* part : {&entry.header, &entry.signature, &entry.payload})
      kept.insert(kept.end(), part->begin(), part->end());
  return kept;
}

bool is_done(crypto::ByteView answer) {
  const auto response = protocol::parse_response(answer);
  return response && response->results.size() == 1 &&
         response->results.front().status == rules::Status::kDone;
}

}  // namespace omzien::bench
