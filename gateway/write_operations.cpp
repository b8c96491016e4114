#include "gateway/write_operations.h"

#include <algorithm>

#include "gateway/claim.h"
#include "gateway/files.h"
#include "gateway/growth.h"
#include "gateway/staging.h"
#include "gateway/taking_back.h"
#include "gateway/weight.h"

namespace omzien::gateway {
namespace {

using rules::Status;

Answer accepted(const protocol::Entry& last) {
  return protocol::encode(protocol::Accepted{last.header().seq, last.hash(), {}});
}

// How many entries at the front stand in the case just as they are; nothing when another one stands
// where one of them should.
Outcome<std::optional<std::size_t>> already_there(storage::Reader& reader,
                                                  const protocol::Handle& handle,
                                                  const std::vector<CheckedEntry>& entries) {
  const auto first = entries.front().entry.header().seq;
  std::size_t there = 0;
  // One by one, and never a payload: whoever asks may be a stranger who names the first entry of a
  // long log, or again and again its largest. One is asked for where there is no case, too.
  for (; there < entries.size(); ++there) {
    const auto stored = reader.entry_hash(handle, first + there);
    if (!stored) return tl::unexpected(failure_of(stored.error()));
    if (!*stored) break;
    if (entries[there].entry.hash() != **stored) return std::optional<std::size_t>();
  }
  return std::optional<std::size_t>(there);
}

// A copy: after a transaction that failed the same entries may be put once more.
std::vector<storage::Entry> to_store(std::span<const CheckedEntry> entries) {
  std::vector<storage::Entry> stored;
  stored.reserve(entries.size());
  for (const auto& one : entries)
    stored.push_back(
        {one.entry.header_bytes(), one.entry.signature(), one.entry.hash(), one.payload});
  return stored;
}

// Everything that goes with the entries, once these are in the store: the members' inboxes, the
// uploads that became payloads or files, the end of a case that was withdrawn, and the day's
// budget.
storage::Result<void> settle(storage::Transaction& transaction, const protocol::Handle& handle,
                             const Growth& growth, const Assembled& assembled,
                             const NamedFiles& files, protocol::Day today, std::uint64_t cost,
                             std::uint32_t cases) {
  for (const auto& [member, standing] : growth.moved) {
    auto linked = standing == Standing::kOut
                      ? transaction.unlink_member(member, handle)
                      : transaction.link_member(member, handle, standing == Standing::kDormant);
    if (!linked) return linked;
  }
  for (const auto& upload : assembled.uploads)
    if (auto dropped = transaction.drop_upload(handle, upload); !dropped) return dropped;
  if (auto kept = keep(transaction, handle, files); !kept) return kept;
  if (growth.access->withdrawn())
    if (auto destroyed = transaction.destroy_case(handle); !destroyed) return destroyed;
  if (cost == 0 && cases == 0) return {};
  return transaction.add_to_day_budget(today, cases, cost);
}

// Of the day's budget, in a case without an answer: what is added but for the uploads, which have
// paid when they were staged, and in advance what it will take to let out whoever is let in here.
std::uint64_t cost_of(const Growth& growth, const Assembled& assembled,
                      const protocol::Access* before) {
  const auto after = taking_back_bytes_max(*growth.access);
  const auto paid = before == nullptr ? 0 : taking_back_bytes_max(*before);
  const auto staged = std::min(growth.bytes, assembled.staged.bytes);
  return growth.bytes - staged + after - std::min(after, paid);
}

Answer put_case(storage::Transaction& transaction, const Context& context, Quotas& quotas,
                CheckedOpen& ask) {
  const auto& first = ask.entries.front().entry.header();
  const auto handle = first.handle;
  const auto today = context.now.day();
  const auto assembled = assemble(transaction, context, handle, ask.entries);
  if (!assembled) return tl::unexpected(assembled.error());
  const auto files = named_files(transaction, handle, ask.entries);
  if (!files) return tl::unexpected(files.error());
  auto growth = grow(protocol::Chain(first.service_id, handle), {}, {}, ask.entries,
                     context.directory(), context.now);
  if (!growth) return refuse(growth.error());
  // Staged before there was a case to count them in, by whatever comes of them: payloads (counted
  // as such), files, or nothing.
  auto staged = transaction.staged(handle);
  if (!staged) return tl::unexpected(failure_of(staged.error()));
  staged->chunks -= assembled->staged.chunks;
  staged->bytes -= assembled->staged.bytes;
  growth->info.bytes += cost_at_most(*staged);
  const auto budget = transaction.day_budget(today);
  if (!budget) return tl::unexpected(failure_of(budget.error()));
  const auto cost = cost_of(*growth, *assembled, nullptr);
  if (!quotas.take_case(context.now, *budget, growth->info.bytes, cost))
    return refuse(Status::kQuota);

  crypto::SecretBytes share = crypto::SecretBytes::from(ask.case_share.reveal());
  const auto opened = transaction.open_case(handle, share, to_store(ask.entries), growth->info);
  // There is no such case: there was one, in a store that an older copy stands in place of now.
  if (!opened && opened.error() == storage::Error::kConflict) return refuse(Status::kNothing);
  if (!opened) return tl::unexpected(failure_of(opened.error()));
  const auto settled = settle(transaction, handle, *growth, *assembled, *files, today, cost, 1);
  if (!settled) return tl::unexpected(failure_of(settled.error()));
  context.cases.remember(handle, growth->info.head_hash, context.directory(), growth->access);
  return accepted(ask.entries.back().entry);
}

// What a step costs, and whom.
struct Cost {
  bool by_owner = false;
  std::uint64_t of_day = 0;  // bytes of the day's budget
};

bool take_cost(Quotas& quotas, const CaseState& before, const Growth& growth, const Cost& cost,
               std::span<const CheckedEntry> entries, const storage::DayBudget& budget,
               protocol::Day today) {
  // Makes room, or takes access away: neither must ever have to wait.
  if (growth.access->withdrawn() || only_takes_back(entries)) return true;
  if (weight_of(*growth.access) > std::max(weight_of(*before.access), kAccessBytesMax))
    return false;
  // A member's entries are an answer: whatever the owner has filled a case with, it may come.
  const bool is_answered = answered(before.info) || !cost.by_owner;
  if (!quotas.may_grow(is_answered, cost.by_owner, growth.info.bytes)) return false;
  if (cost.by_owner) return quotas.within_budget(before.info, budget, cost.of_day);
  const auto& first = entries.front().entry.header();
  return quotas.take_append_as_member(first.handle, first.author, before.info, today,
                                      entries.size());
}

void count_member(storage::CaseInfo& info, protocol::Day today, std::size_t entries) {
  if (info.member_day != today) info.member_appends = 0;
  info.member_day = today;
  info.member_appends += static_cast<std::uint32_t>(entries);
}

// `entries`: those that are not in the case yet.
Answer put_entries(storage::Transaction& transaction, const Context& context, Quotas& quotas,
                   const CaseState& state, bool by_owner, std::span<CheckedEntry> entries) {
  const auto& before = state.info;
  const auto& first = entries.front().entry.header();
  const auto handle = first.handle;
  const auto today = context.now.day();
  // A race that is lost needs no chunks to say so.
  if (first.seq != before.head_seq + 1 || first.prev_hash != before.head_hash)
    return refuse(Status::kStaleHead);
  const auto weight = std::min(weight_of(*state.access), kAccessBytesMax);
  if (weight > context.handled_left) return refuse(Status::kLater);
  context.handled_left -= weight;
  const auto assembled = assemble(transaction, context, handle, entries);
  if (!assembled) return tl::unexpected(assembled.error());
  const auto files = named_files(transaction, handle, entries);
  if (!files) return tl::unexpected(files.error());
  auto growth = grow(protocol::Chain::resume(context.directory().service(), handle, before.head_seq,
                                             before.head_hash, before.head_day),
                     *state.access, before, entries, context.directory(), context.now);
  if (!growth) return refuse(growth.error());
  growth->info.bytes -= std::min(growth->info.bytes, assembled->cost);
  const auto budget = transaction.day_budget(today);
  if (!budget) return tl::unexpected(failure_of(budget.error()));
  // Those who were let in have paid for what takes that back.
  const bool costs = by_owner && !answered(before) && !only_takes_back(entries);
  const Cost cost{by_owner, costs ? cost_of(*growth, *assembled, state.access.get()) : 0};
  if (!take_cost(quotas, state, *growth, cost, entries, *budget, today))
    return refuse(Status::kQuota);
  if (!by_owner) count_member(growth->info, today, entries.size());

  const auto appended = transaction.append(handle, before.head_seq, before.head_hash,
                                           to_store(entries), growth->info);
  if (!appended && appended.error() == storage::Error::kConflict) return refuse(Status::kStaleHead);
  if (!appended) return tl::unexpected(failure_of(appended.error()));
  const auto settled =
      settle(transaction, handle, *growth, *assembled, *files, today, cost.of_day, 0);
  if (!settled) return tl::unexpected(failure_of(settled.error()));
  context.cases.remember(handle, growth->info.head_hash, context.directory(), growth->access);
  return accepted(entries.back().entry);
}

bool is_withdrawal(const protocol::Entry& entry) {
  return std::holds_alternative<protocol::Withdraw>(entry.header().fields);
}

// Of a case that is gone its owner hears of the withdrawal alone: a lost answer to it costs
// nothing, and no older entry says that there was a case.
bool may_be_told(const std::optional<CaseState>& state, const CheckedAppend& ask) {
  const auto& last = ask.entries.back().entry;
  return state || !last.by_owner() || is_withdrawal(last);
}

}  // namespace

Answer open_case(storage::Transaction& transaction, const Context& context, Quotas& quotas,
                 CheckedOpen& ask) {
  const auto& first = ask.entries.front().entry;
  const auto handle = first.header().handle;
  if (first.header().seq != 0 || !first.by_owner()) return refuse(Status::kMalformed);
  const auto info = transaction.case_info(handle);
  if (!info) return tl::unexpected(failure_of(info.error()));
  if (!*info) return put_case(transaction, context, quotas, ask);
  if ((*info)->destroyed) return refuse(Status::kNothing);
  const auto there = already_there(transaction, handle, ask.entries);
  if (!there) return tl::unexpected(there.error());
  if (*there != ask.entries.size()) return refuse(Status::kStaleHead);
  return accepted(ask.entries.back().entry);
}

Answer append(storage::Transaction& transaction, const Context& context, Quotas& quotas,
              CheckedAppend& ask) {
  const auto& first = ask.entries.front().entry.header();
  const auto info = transaction.case_info(first.handle);
  if (!info) return tl::unexpected(failure_of(info.error()));
  const auto state = case_for(transaction, context, first.handle, *info, first.author);
  if (!state) return tl::unexpected(state.error());
  const auto there = already_there(transaction, first.handle, ask.entries);
  if (!there) return tl::unexpected(there.error());
  if (*there == ask.entries.size() && may_be_told(*state, ask))
    return accepted(ask.entries.back().entry);
  if (!*state) return refuse(Status::kNothing);
  const auto today = context.now.day();
  const auto who = insider(**state, first.author, context.directory(), today);
  const bool steps_in = std::holds_alternative<protocol::Release>(first.fields) &&
                        may_step_in(**state, first.author, context.directory(), today);
  if (!who && !steps_in) return refuse(Status::kNothing);
  if ((*state)->gone()) return refuse(Status::kForbidden);
  if (!*there) return refuse(Status::kStaleHead);
  const auto rest = std::span(ask.entries).subspan(**there);
  auto answer = put_entries(transaction, context, quotas, **state, who && who->owner(), rest);
  ask.withdrew = answer && is_withdrawal(ask.entries.back().entry);
  return answer;
}

}  // namespace omzien::gateway
