#include "tests/fuzz/kept.h"

#include "clients/core/lead/seal_lead.h"
#include "crypto/open/phrase.h"
#include "crypto/open/xwing.h"
#include "tests/kit/organisation.h"

namespace omzien::fuzz {
namespace {

constexpr protocol::Day kDay = 20'600;

core::FetchedLog log_of(const core::SealedCase& sealed) {
  core::FetchedLog log{crypto::SecretBytes::from(sealed.share.reveal()), {}};
  for (const auto& entry : sealed.entries)
    log.entries.push_back({entry.header_bytes, entry.signature.to_bytes(),
                           rules::PayloadState::kInline, entry.payload});
  return log;
}

Kept make() {
  crypto::FixedRandom random("kept");
  kit::Organisation organisation("fuzz", kDay);
  for (auto& member : organisation.members())
    member.xwing_key = crypto::xwing_public_key(crypto::random_key<crypto::XWingSeed>(random));
  const auto directory = organisation.directory();
  const auto adviser = protocol::Certificate::parse(
      organisation.certificate(organisation.member("mieke")), directory, kDay);
  const core::Reporter reporter(crypto::generate_phrase(random, crypto::WordList::kEnglish),
                                organisation.service());
  core::Story story;
  story.opening.case_kind = rules::CaseKind::kReport;
  story.story = "It happened again.";
  story.people = "Two of us.";
  story.identity = "Sam.";
  const auto sealed =
      core::seal_case(reporter, story, {{*adviser}, std::nullopt}, directory, kDay, random);
  const auto log = log_of(sealed);
  auto opened = core::open_log(log, reporter.handle(), reporter, directory);
  auto copy = core::copy_case(log, *opened, directory);

  core::Place place{opened->chain, kDay, directory.hash()};
  const auto end = core::seal_withdraw(reporter, place, random);
  core::WithdrawalProof proof{end.header_bytes, end.signature, {}};
  for (const auto& entry : sealed.entries)
    proof.before.push_back(protocol::entry_hash(entry.header_bytes, entry.signature));
  return {std::move(copy), std::move(*opened), std::move(proof)};
}

}  // namespace

const Kept& kept() {
  static const Kept one = make();
  return one;
}

}  // namespace omzien::fuzz
