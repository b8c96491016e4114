// Headers and frames, good and refused. `answer` follows from how each is made; the writer fails
// when the code says otherwise.
#include <stdexcept>

#include "omzien/entry.pb.h"

#include "protocol/frame.h"
#include "protocol/strict.h"
#include "tests/kit/case_builder.h"
#include "tests/vectors/parsing.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::EntryError;
using protocol::FrameError;

std::string_view name_of(EntryError error) {
  switch (error) {
    case EntryError::kMalformed: return "malformed";
    case EntryError::kNewerVersion: return "newer version";
    case EntryError::kSignature: return "signature";
  }
  throw std::logic_error("an error without a name");
}
std::string_view name_of(FrameError error) {
  switch (error) {
    case FrameError::kSize: return "size";
    case FrameError::kPadding: return "padding";
    case FrameError::kMalformed: return "malformed";
  }
  throw std::logic_error("an error without a name");
}

class Headers {
 public:
  Json cases = Json::array();

  void add(std::string_view what, std::string_view answer, const Bytes& header) {
    const auto parsed = protocol::parse_header(header);
    const std::string found = parsed ? "good" : std::string(name_of(parsed.error()));
    if (found != answer) throw std::logic_error(std::string(what) + " is answered " + found);
    cases.push_back({{"what", what}, {"bytes", to_hex(header)}, {"answer", answer}});
  }
  // A good header as its message, with `change` made to it.
  template <class Change>
  void changed(std::string_view what, std::string_view answer, const Bytes& good, Change change) {
    wire::Header message;
    message.ParseFromString(protocol::strict::field(good));
    change(message);
    add(what, answer, protocol::strict::encode(message));
  }
  // The same with its fields, which are a message of their own.
  template <class Fields, class Change>
  void changed_fields(std::string_view what, std::string_view answer, const Bytes& good,
                      Change change) {
    changed(what, answer, good, [&](wire::Header& message) {
      Fields fields;
      fields.ParseFromString(message.fields());
      change(fields);
      message.set_fields(fields.SerializeAsString());
    });
  }
};

void refused_headers(Headers& to, const Bytes& open) {
  auto longer = open;
  longer.insert(longer.end(), {0x78, 0x01});
  to.add("a field that nobody knows", "malformed", longer);
  auto written_out = open;
  written_out.insert(written_out.end(), {0x68, 0x00});
  to.add("a default written out", "malformed", written_out);
  auto long_number = open;
  long_number.at(1) = static_cast<std::uint8_t>(rules::kSuite | 0x80);
  long_number.insert(long_number.begin() + 2, 0x00);
  to.add("a number spelt longer than it is", "malformed", long_number);
  to.add("nothing", "newer version", {});
  to.add("cut in the middle", "malformed",
         Bytes(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(open.size() / 2)));
  to.changed("a suite to come", "newer version", open,
             [](auto& header) { header.set_suite(rules::kSuite + 1); });
  to.changed("no suite", "newer version", open, [](auto& header) { header.set_suite(0); });
  to.changed("a handle of 31 bytes", "malformed", open,
             [](auto& header) { header.mutable_handle()->pop_back(); });
  to.changed("a salt of 17 bytes", "malformed", open,
             [](auto& header) { header.mutable_salt()->push_back('x'); });
  to.changed("the last place that there is", "good", open,
             [](auto& header) { header.set_seq(rules::kCountMax); });
  to.changed("a place further than a browser counts", "malformed", open,
             [](auto& header) { header.set_seq(rules::kCountMax + 1); });
  to.changed("no kind", "malformed", open, [](auto& header) { header.set_kind(0); });
  to.changed("a kind to come", "good", open, [](auto& header) { header.set_kind(99); });
  to.changed("a payload that is too large", "malformed", open,
             [](auto& header) { header.set_payload_size(rules::kPayloadBytesMax + 1); });
  to.changed("larger than a header may be", "malformed", open, [](auto& header) {
    header.set_kind(99);
    header.set_fields(std::string(rules::kHeaderBytesMax, 'x'));
  });
  to.changed("fields of another kind", "malformed", open, [](auto& header) { header.set_kind(3); });
  using Open = wire::OpenFields;
  to.changed_fields<Open>("an opening whose epochs are out of order", "malformed", open,
                          [](auto& fields) { fields.mutable_starts()->SwapElements(0, 1); });
  to.changed_fields<Open>("an opening with an epoch 0", "malformed", open,
                          [](auto& fields) { fields.mutable_starts(0)->set_epoch(0); });
  to.changed_fields<Open>("an opening with a short key", "malformed", open,
                          [](auto& fields) { fields.mutable_owner_xwing_key()->pop_back(); });
  to.changed_fields<Open>("an admission that is too long", "malformed", open, [](auto& fields) {
    fields.set_admission(std::string(rules::kAdmissionBytesMax + 1, 'x'));
  });
}

void refused_events(Headers& to, const Bytes& event) {
  using Event = wire::EventFields;
  to.changed_fields<Event>("an event in no compartment", "malformed", event,
                           [](auto& fields) { fields.set_compartment(0); });
  to.changed_fields<Event>("an event in a compartment to come", "good", event,
                           [](auto& fields) { fields.set_compartment(99); });
  to.changed_fields<Event>("an event under epoch 0", "malformed", event,
                           [](auto& fields) { fields.set_epoch(0); });
}

void refused_grants(Headers& to, const Bytes& grant) {
  using Grant = wire::GrantFields;
  to.changed_fields<Grant>("a grant to nobody", "malformed", grant,
                           [](auto& fields) { fields.clear_members(); });
  to.changed_fields<Grant>("a grant to one member twice", "malformed", grant,
                           [](auto& fields) { *fields.add_members() = fields.members(0); });
  to.changed_fields<Grant>("a grant to more than the limit", "malformed", grant, [](auto& fields) {
    const auto one = fields.members(0);
    fields.clear_members();
    for (std::size_t i = 0; i <= rules::kMembersPerGrantMax; ++i) {
      auto* added = fields.add_members();
      *added = one;
      (*added->mutable_member_id())[0] = static_cast<char>(i);
    }
  });
  to.changed_fields<Grant>("a grant of keys out of order", "malformed", grant, [](auto& fields) {
    fields.mutable_members(0)->mutable_keys()->SwapElements(0, 1);
  });
  to.changed_fields<Grant>("a grant of no keys", "malformed", grant,
                           [](auto& fields) { fields.mutable_members(0)->clear_keys(); });
  to.changed_fields<Grant>(
      "a grant of a key of no compartment", "malformed", grant,
      [](auto& fields) { fields.mutable_members(0)->mutable_keys(0)->set_compartment(0); });
  to.changed_fields<Grant>("a dormant grant to two", "malformed", grant, [](auto& fields) {
    fields.set_dormant(true);
    fields.set_stands_in_for(std::string(rules::kMemberIdBytes, 'x'));
  });
  to.changed_fields<Grant>("standing in for nobody", "malformed", grant, [](auto& fields) {
    fields.mutable_members()->RemoveLast();
    fields.set_dormant(true);
  });
  to.changed_fields<Grant>(
      "standing in without being dormant", "malformed", grant,
      [](auto& fields) { fields.set_stands_in_for(std::string(rules::kMemberIdBytes, 'x')); });
}

}  // namespace

Json header_cases() {
  const kit::Organisation organisation("parsing vectors", 20'600);
  kit::CaseBuilder builder(organisation, "headers");
  const auto entries = builder.opening({"mieke", "youssef"}).entries;
  Headers to;
  to.add("an opening", "good", entries.at(0).header);
  to.add("a grant", "good", entries.at(1).header);
  to.add("an event", "good", entries.at(2).header);
  refused_headers(to, entries.at(0).header);
  refused_grants(to, entries.at(1).header);
  refused_events(to, entries.at(2).header);
  return to.cases;
}

// Answers, since a browser reads those. A frame is `size` bytes: `begins`, zeros, `ends`.
Json frame_cases() {
  Json cases = Json::array();
  const auto add = [&](std::string_view what, std::string_view answer, std::size_t size,
                       const Bytes& begins, const Bytes& ends = {}) {
    Bytes frame(size);
    std::copy(begins.begin(), begins.end(), frame.begin());
    std::copy(ends.rbegin(), ends.rend(), frame.rbegin());
    const auto parsed = protocol::parse_response(frame);
    const std::string found = parsed ? "good" : std::string(name_of(parsed.error()));
    if (found != answer) throw std::logic_error(std::string(what) + " is answered " + found);
    cases.push_back({{"what", what},
                     {"size", size},
                     {"begins", to_hex(begins)},
                     {"ends", to_hex(ends)},
                     {"answer", answer}});
  };
  FixedRandom random("frames");
  protocol::Response response;
  response.beacon = random_value<protocol::Beacon>(random);
  response.directory_hash = random_value<Digest>(random);
  response.pace_ms = rules::kPaceMsMin;
  response.day = 20'600;
  response.results = {{rules::Status::kDone, {1, 2, 3}}, {rules::Status::kLater, {}}};
  const auto small = *encode_response(response, protocol::FrameSize::kSmall);
  const auto length = static_cast<std::size_t>(small[2]) << 8 | small[3];
  const Bytes begins(small.begin(), small.begin() + static_cast<std::ptrdiff_t>(4 + length));
  add("an answer", "good", rules::kFrameBytes, begins);
  add("an answer in a large frame", "good", rules::kLargeFrameBytes, begins);
  add("a byte too short", "size", rules::kFrameBytes - 1, begins);
  add("a byte too long", "size", rules::kFrameBytes + 1, begins);
  add("nothing", "size", 0, {});
  auto beyond = begins;
  beyond[0] = 0xff;
  add("a length beyond the end", "size", rules::kFrameBytes, beyond);
  add("something behind the message", "padding", rules::kFrameBytes, begins, {1});
  auto shorter = begins;
  --shorter[3];
  shorter.pop_back();
  add("a message cut by a byte", "malformed", rules::kFrameBytes, shorter);
  add("an empty message", "malformed", rules::kFrameBytes, {});
  response.results.assign(rules::kOperationsPerRequestMax + 1, {rules::Status::kLater, {}});
  const auto many = *encode_response(response, protocol::FrameSize::kSmall);
  add("more results than operations fit", "malformed", rules::kFrameBytes,
      Bytes(many.begin(), many.begin() + 4 + static_cast<std::ptrdiff_t>(many[2] << 8 | many[3])));
  return cases;
}

Json parsing() {
  return {{"headers", header_cases()},
          {"frames", frame_cases()},
          {"directories", directory_cases()},
          {"certificates", certificate_cases()}};
}

}  // namespace omzien::crypto::vectors
