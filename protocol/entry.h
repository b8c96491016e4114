// The entry: a signed header and an erasable payload (protocol §2).
#pragma once

#include <tl/expected.hpp>

#include "crypto/verify/signature.h"
#include "protocol/kinds.h"

namespace omzien::protocol {

struct Header {
  ServiceId service_id;
  Handle handle;
  crypto::SigningPublicKey author;
  std::uint64_t seq = 0;
  crypto::Digest prev_hash;  // zeros at seq 0
  Day day = 0;
  crypto::Digest directory_hash;
  Salt salt;
  rules::EntryKind kind{};
  Fields fields;
  crypto::Digest payload_hash;
  std::uint32_t payload_size = 0;
};

enum class EntryError {
  kMalformed,     // not a header, or not written the one way it is written
  kNewerVersion,  // another suite
  kSignature,     // not signed by its author
};

// The bytes that are signed. A header made with the fields' sizes in range always parses again.
crypto::Bytes encode_header(const Header&);

// Bounds: rules kHeaderBytesMax and the list limits. Unknown kinds parse (Fields holds Unknown).
tl::expected<Header, EntryError> parse_header(crypto::ByteView bytes);

// SHA-256 of the field list (tag entry_hash, header, signature).
crypto::Digest entry_hash(crypto::ByteView header, const crypto::Signature&);

// SHA-256 of the field list (tag payload_hash, salt, payload).
crypto::Digest payload_hash(const Salt&, crypto::ByteView payload);

// The handle that belongs to a reporter's key.
Handle handle_of(const crypto::SigningPublicKey& owner);

// A header whose author really signed it. Says nothing about order or permission.
class Entry {
 public:
  static tl::expected<Entry, EntryError> parse(crypto::ByteView header, crypto::ByteView signature);

  const Header& header() const { return header_; }
  const crypto::Bytes& header_bytes() const { return bytes_; }
  const crypto::Signature& signature() const { return signature_; }
  const crypto::Digest& hash() const { return hash_; }
  bool by_owner() const { return handle_of(header_.author) == header_.handle; }
  bool payload_matches(crypto::ByteView payload) const {
    return payload.size() == header_.payload_size &&
           payload_hash(header_.salt, payload) == header_.payload_hash;
  }

 private:
  Entry(Header header, crypto::Bytes bytes, crypto::Signature signature)
      : header_(std::move(header)),
        bytes_(std::move(bytes)),
        signature_(signature),
        hash_(entry_hash(bytes_, signature_)) {}

  Header header_;
  crypto::Bytes bytes_;
  crypto::Signature signature_;
  crypto::Digest hash_;
};

}  // namespace omzien::protocol
