#include "protocol/chain.h"

namespace omzien::protocol {

Chain Chain::resume(ServiceId service, Handle handle, std::uint64_t head_seq,
                    crypto::Digest head_hash, Day head_day) {
  Chain chain(service, handle);
  chain.next_seq_ = head_seq + 1;
  chain.head_hash_ = head_hash;
  chain.head_day_ = head_day;
  return chain;
}

tl::expected<void, ChainError> Chain::extend(const Header& header, const crypto::Digest& hash) {
  if (header.service_id != service_ || header.handle != handle_)
    return tl::unexpected(ChainError::kOtherCase);
  if (header.seq != next_seq_) return tl::unexpected(ChainError::kSequence);
  if (header.prev_hash != head_hash_) return tl::unexpected(ChainError::kLink);
  if (header.day < head_day_) return tl::unexpected(ChainError::kDay);
  ++next_seq_;
  head_hash_ = hash;
  head_day_ = header.day;
  return {};
}

}  // namespace omzien::protocol
