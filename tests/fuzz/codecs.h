// The codecs that both languages have, each as a function from bytes to a verdict. What parses
// encodes again to the bytes it was parsed from (protocol §1), or the program ends.
// `omzien-fuzz-verdicts` prints them for a corpus, and clients/web/tests/fuzz compares them with
// its own.
#pragma once

#include <array>
#include <string_view>

#include "crypto/verify/bytes.h"

namespace omzien::fuzz {

struct Verdict {
  std::string_view answer;  // "good", or why not
  crypto::Bytes again;      // the bytes it encodes to; empty unless good
};

struct Codec {
  std::string_view name;  // of the target and of its corpus
  Verdict (*judge)(crypto::ByteView input);
};

Verdict judge_header(crypto::ByteView);
// The message alone: its length and the padding are put around it, which chance would never find.
Verdict judge_request(crypto::ByteView message);
Verdict judge_response(crypto::ByteView message);
// The first byte, modulo their number, says of which operation: in the order of
// proto/omzien/exchange.proto.
Verdict judge_operation(crypto::ByteView);
Verdict judge_directory_content(crypto::ByteView);
Verdict judge_event(crypto::ByteView);
// The length of a header (two bytes, big-endian), the header, and what is to be its wraps.
Verdict judge_wraps(crypto::ByteView);
Verdict judge_padding(crypto::ByteView);
// UTF-8, as somebody typed it.
Verdict judge_phrase(crypto::ByteView text);

inline constexpr std::array kCodecs{
    Codec{"header", judge_header},
    Codec{"request", judge_request},
    Codec{"response", judge_response},
    Codec{"operation", judge_operation},
    Codec{"directory_content", judge_directory_content},
    Codec{"event", judge_event},
    Codec{"wraps", judge_wraps},
    Codec{"padding", judge_padding},
    Codec{"phrase", judge_phrase},
};

}  // namespace omzien::fuzz
