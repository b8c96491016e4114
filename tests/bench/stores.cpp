#include "tests/bench/stores.h"

#include <fstream>
#include <stdexcept>

#include "crypto/verify/random.h"
#include "gateway/growth.h"
#include "protocol/chain.h"
#include "tests/bench/gateway_here.h"

namespace omzien::bench {
namespace {

using rules::Compartment;

constexpr std::size_t kCasesPerTransaction = 500;
constexpr std::size_t kPatterns = 64;  // more than there are advisers to hold or share a case

// A case as the store keeps it, with who is linked to it.
struct Filling {
  crypto::Bytes share;
  std::vector<storage::Entry> entries;
  storage::CaseInfo info;
  std::vector<std::pair<protocol::MemberId, bool>> links;  // and whether dormant
};

Filling filling_of(const kit::Organisation& organisation, const kit::CaseBuilder& builder,
                   protocol::OpenCase opening) {
  std::vector<gateway::CheckedEntry> checked;
  for (auto& one : opening.entries)
    checked.push_back(
        {protocol::Entry::parse(one.header, one.signature).value(), std::move(one.payload), {}});
  const auto growth = gateway::grow(protocol::Chain(organisation.service(), builder.handle()), {},
                                    {}, checked, organisation.directory(), standing_time());
  if (!growth) throw std::runtime_error("the rules refuse a case of the bench");
  Filling filling{std::move(opening.case_share), {}, growth->info, {}};
  for (auto& one : checked)
    filling.entries.push_back({one.entry.header_bytes(), one.entry.signature(), one.entry.hash(),
                               std::move(one.payload)});
  for (const auto& [member, standing] : growth->moved)
    filling.links.emplace_back(member, standing == gateway::Standing::kDormant);
  return filling;
}

void must(const storage::Result<void>& done) {
  if (!done) throw std::runtime_error("a store of the bench cannot be filled");
}

void put(storage::Transaction& transaction, const protocol::Handle& handle,
         const Filling& filling) {
  const auto share = crypto::SecretBytes::from(filling.share);
  must(transaction.open_case(handle, share, filling.entries, filling.info));
  for (const auto& [member, dormant] : filling.links)
    must(transaction.link_member(member, handle, dormant));
}

void fill(const std::filesystem::path& folder, std::size_t cases,
          const kit::Organisation& organisation) {
  const auto store = open_store(folder);
  std::vector<Filling> patterns;
  for (std::size_t i = 0; i < kPatterns; ++i) {
    kit::CaseBuilder builder(organisation, "pattern " + std::to_string(i));
    builder.on(bench_day());
    auto opening = ordinary_opening(builder, i);
    patterns.push_back(filling_of(organisation, builder, std::move(opening)));
  }
  crypto::SystemRandom random;
  const std::size_t known_every = std::max<std::size_t>(1, cases / kKnownCases);
  for (std::size_t next = 0; next < cases;) {
    const auto transaction = store->begin().value();
    for (const auto end = std::min(cases, next + kCasesPerTransaction); next < end; ++next) {
      if (next % known_every == 0 && next / known_every < kKnownCases) {
        const auto number = next / known_every;
        kit::CaseBuilder builder(organisation, "known " + std::to_string(number));
        builder.on(bench_day());
        auto opening = ordinary_opening(builder, number);
        put(*transaction, builder.handle(), filling_of(organisation, builder, std::move(opening)));
      } else {
        put(*transaction, crypto::random_value<protocol::Handle>(random),
            patterns[next % kPatterns]);
      }
    }
    must(transaction->commit());
  }
}

// Days pass, and rows name the day they were made on: a store of yesterday is filled anew.
std::string mark_of(std::size_t cases) {
  return std::to_string(cases) + " cases of day " + std::to_string(bench_day());
}

bool is_filled(const std::filesystem::path& folder, std::size_t cases) {
  std::ifstream file(folder / "filled");
  std::string found;
  return std::getline(file, found) && found == mark_of(cases);
}

}  // namespace

std::filesystem::path store_folder(const StoresOptions& options, std::size_t cases) {
  return options.folder / ("store-" + std::to_string(cases));
}

protocol::OpenCase ordinary_opening(kit::CaseBuilder& builder, std::size_t number) {
  constexpr std::size_t kExtras = 32;
  constexpr std::size_t kEnvelope = 41;  // around a padded text
  const std::string holder = number % 2 == 0 ? "mieke" : "youssef";
  const std::string other = "extra " + std::to_string(1 + number % kExtras);
  const std::vector<Compartment> all{Compartment::kStory, Compartment::kPeople, Compartment::kTalk,
                                     Compartment::kSummary};
  protocol::OpenCase opening{builder.share(), {}};
  auto& entries = opening.entries;
  entries.push_back(builder.open());
  entries.push_back(
      builder.event(builder.owner(), Compartment::kTalk, rules::kPaddingSmallBytes + kEnvelope));
  entries.push_back(
      builder.event(builder.owner(), Compartment::kStory, rules::kPaddingMediumBytes + kEnvelope));
  entries.push_back(builder.grant({{holder, all, true, 0}, {other, all, false, 0}}));
  entries.push_back(builder.dormant_grant({"ruud", all, true, 0}, holder));
  return opening;
}

std::uintmax_t bytes_when_filled(const std::filesystem::path& folder) {
  std::ifstream file(folder / "filled");
  std::string mark;
  std::uintmax_t bytes = 0;
  std::getline(file, mark) >> bytes;
  return bytes;
}

kit::CaseBuilder known_case(const kit::Organisation& organisation, std::size_t number,
                            storage::Reader& reader) {
  kit::CaseBuilder builder(organisation, "known " + std::to_string(number));
  builder.on(bench_day());
  ordinary_opening(builder, number);
  // An earlier run went on with it; the same seed goes the same way.
  const auto info = reader.case_info(builder.handle()).value().value();
  while (builder.next_seq() <= info.head_seq) next_message(builder);
  return builder;
}

protocol::SubmittedEntry next_message(kit::CaseBuilder& builder) {
  return builder.event(builder.owner(), Compartment::kTalk);
}

nlohmann::json fill_stores(const StoresOptions& options) {
  const auto organisation = make_organisation();
  nlohmann::json figures = nlohmann::json::array();
  for (const auto cases : options.cases) {
    const auto folder = store_folder(options, cases);
    if (is_filled(folder, cases)) continue;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const double took = seconds_of([&] { fill(folder, cases, organisation); });
    std::ofstream(folder / "filled") << mark_of(cases) << '\n'
                                     << std::filesystem::file_size(folder / "store.db") << '\n';
    figures.push_back({{"cases", cases}, {"seconds", took}});
  }
  return figures;
}

}  // namespace omzien::bench
