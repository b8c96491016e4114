#include "tests/fuzz/exchange_model.h"

#include "protocol/chain.h"
#include "tests/fuzz/scratch_file.h"

namespace omzien::fuzz {
namespace {

using rules::OperationKind;
using rules::Status;

constexpr std::size_t kCasesMax = 3;

const kit::Organisation& organisation() {
  static const kit::Organisation one("exchange", SteppedClock::kFirstDay - 1);
  return one;
}

const protocol::Directory& directory() {
  static const protocol::Directory one = organisation().directory();
  return one;
}

std::filesystem::path bundle() {
  static const ScratchFile file;
  static const std::filesystem::path path = file.holding(organisation().bundle());
  return path;
}

}  // namespace

ExchangeModel::ExchangeModel(Input& input)
    : input_(input), organisation_(organisation()), directory_(directory()) {
  people_ =
      std::make_unique<gateway::People>(bundle(), organisation_.service(), clock_.day(), log_);
  gateway::Limits limits;
  limits.worker_threads = 1;
  limits.member_appends_per_case_day_max = 6;
  limits.own_appends_per_case_day_max = 2;
  limits.case_unanswered_bytes_max = 64 << 10;
  limits.cases_opened_per_day_max = kCasesMax;
  gateway_ = std::make_unique<gateway::ExchangeService>(
      gateway::ExchangeService::Parts{*store_, *people_, clock_, log_},
      *storage::BeaconKey::from(crypto::Bytes(32, 7)), limits, gateway::Config::Pace{});
  client_ = std::make_unique<kit::Asking>(*gateway_, organisation_.service());
  open_case();
}

void ExchangeModel::step() {
  switch (input_.below(12)) {
    case 0:
      if (cases_.size() < kCasesMax) open_case();
      break;
    case 1: repeat(some_case()); break;
    case 2: put_chunk(some_case()); break;
    case 3: read_as_stranger(some_case()); break;
    case 4: ask_anything(); break;
    case 5:
      clock_.advance(input_.below(4) * gateway::kSecondsPerDay / 2);
      gateway_->tend();
      client_->send({});  // a fresh beacon
      break;
    default: move(some_case()); break;
  }
}

void ExchangeModel::open_case() {
  ModelCase made{{organisation_, "case " + std::to_string(cases_.size())}, {}, {}};
  made.builder.on(clock_.day());
  const auto opening = made.builder.opening({"mieke", "youssef"});
  must(client_->open(opening, made.builder.owner()).status == Status::kDone);
  for (const auto& entry : opening.entries) accept(made, entry);
  cases_.push_back(std::move(made));
}

void ExchangeModel::accept(ModelCase& in, const protocol::SubmittedEntry& entry) {
  const auto header = protocol::parse_header(entry.header);
  must(header && in.access.admit(*header, directory_).has_value());
  in.accepted.push_back(entry);
}

const crypto::SigningKey& ExchangeModel::somebody(const ModelCase& in) {
  constexpr const char* kNames[] = {"mieke", "youssef", "anouk", "ruud", "ilse"};
  const auto who = input_.below(8);
  return who < std::size(kNames) ? *organisation_.member(kNames[who]).key : in.builder.owner();
}

// A move as the rules' own tests draw it, honest or not, sometimes spoiled on its way.
void ExchangeModel::move(ModelCase& in) {
  auto next = in.builder;
  next.on(clock_.day() - static_cast<protocol::Day>(input_.below(8) == 0));
  kit::RandomMoves moves(organisation_, static_cast<unsigned>(input_.below(65'536)));
  const auto drawn = moves.next(in.access, clock_.day(), next.next_seq(), true);
  const auto& author = drawn.author ? *organisation_.member(*drawn.author).key : in.builder.owner();
  auto entry = next.move(author, drawn.fields);
  if (input_.below(4) == 0) spoil(entry);
  const auto& sender = input_.below(8) == 0 ? somebody(in) : author;
  const auto status = client_->append({entry}, sender).status;
  if (in.withdrawn()) must(status != Status::kDone);
  if (status != Status::kDone) return;
  accept(in, entry);
  in.builder = next;
}

void ExchangeModel::spoil(protocol::SubmittedEntry& entry) {
  const auto flip = [this](crypto::Bytes& bytes) {
    if (!bytes.empty()) bytes[input_.below(bytes.size())] ^= input_.byte();
  };
  switch (input_.below(4)) {
    case 0: flip(entry.header); break;
    case 1: flip(entry.signature); break;
    case 2: flip(entry.payload); break;
    default: entry.header.resize(input_.below(entry.header.size())); break;
  }
}

// A lost answer: what stands is accepted again, for whoever is still in, and stands once.
void ExchangeModel::repeat(ModelCase& in) {
  const auto& old = in.accepted[input_.below(in.accepted.size())];
  const auto author = protocol::parse_header(old.header)->author;
  if (author != in.builder.owner().public_key()) return;
  const auto status = client_->append({old}, in.builder.owner()).status;
  if (!in.withdrawn()) must(status == Status::kDone);
}

void ExchangeModel::put_chunk(const ModelCase& in) {
  const auto part = input_.bytes(input_.below(64));
  const auto upload =
      *protocol::UploadId::from(crypto::Bytes(protocol::UploadId::kSize, input_.byte()));
  const auto count = static_cast<std::uint32_t>(input_.below(4));
  const protocol::PutChunk chunk{in.builder.handle(),
                                 upload,
                                 static_cast<std::uint32_t>(input_.below(4)),
                                 count,
                                 {part.begin(), part.end()}};
  (void)client_->ask(OperationKind::kPutChunk, protocol::encode(chunk), somebody(in));
}

// Whoever was never let in is answered like somebody who asks for a case that never was.
void ExchangeModel::read_as_stranger(const ModelCase& in) {
  const auto& stranger = *organisation_.member("bram").key;
  for (const auto& grant : in.access.grants())
    if (grant.member_id == organisation_.member("bram").id) return;
  const auto seen = client_->read(in.builder.handle(), input_.below(4), stranger);
  const auto unknown = *protocol::Handle::from(crypto::Bytes(protocol::Handle::kSize, 0xee));
  const auto never = client_->read(unknown, 0, stranger);
  must(seen.status == Status::kNothing && never.status == Status::kNothing &&
       seen.body == never.body);
}

// Operations with bodies by chance, well signed or not, several in a frame.
void ExchangeModel::ask_anything() {
  std::vector<protocol::Operation> operations;
  const auto count = input_.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    const auto part = input_.bytes(input_.below(120));
    const OperationKind kind{static_cast<std::uint32_t>(input_.below(14))};
    crypto::Bytes body(part.begin(), part.end());
    operations.push_back(protocol::is_public(kind)
                             ? kit::public_operation(kind, std::move(body))
                             : client_->sign(kind, std::move(body), somebody(cases_[0])));
    if (input_.below(8) == 0) operations.back().body.push_back(input_.byte());
  }
  const auto asked = operations.size();
  const auto response = client_->send(std::move(operations));
  must(response.results.size() == asked || response.results.empty());
}

void ExchangeModel::check() {
  for (const auto& one : cases_) {
    if (one.withdrawn()) {
      must(client_->read(one.builder.handle(), 0, one.builder.owner()).status == Status::kNothing);
      continue;
    }
    const auto log = client_->read_all(one.builder.handle(), one.builder.owner());
    must(log.entries.size() == one.accepted.size());
    protocol::Chain chain(organisation_.service(), one.builder.handle());
    for (std::size_t i = 0; i < log.entries.size(); ++i) {
      must_equal(log.entries[i].header, one.accepted[i].header);
      const auto entry = protocol::Entry::parse(log.entries[i].header, log.entries[i].signature);
      must(entry && chain.extend(entry->header(), entry->hash()).has_value());
      if (log.entries[i].payload_state == rules::PayloadState::kInline)
        must_equal(log.entries[i].payload, one.accepted[i].payload);
    }
  }
}

}  // namespace omzien::fuzz
