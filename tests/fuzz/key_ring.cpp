// The wraps of a grant as the member opens them (clients/core/key_ring.h): payloads by chance, and
// plaintexts by chance that were really sealed to the member. No key enters the ring that its epoch
// was not committed to.
#include "clients/core/key_ring.h"

#include "crypto/open/commitment.h"
#include "crypto/open/hpke.h"
#include "protocol/wraps.h"
#include "tests/fuzz/target.h"
#include "tests/kit/case_builder.h"

namespace omzien::fuzz {
namespace {

using crypto::Bytes;
using rules::Compartment;

constexpr protocol::Day kDay = 20'600;
const protocol::CompartmentEpoch kStory{Compartment::kStory, 1};

crypto::CompartmentKey story_key() { return *crypto::CompartmentKey::from(Bytes(32, 4)); }
crypto::XWingSeed member_seed() { return *crypto::XWingSeed::from(Bytes(32, 6)); }

// A case whose story is committed to a key that is known, and a grant of it to mieke.
struct Scene {
  Scene() {
    crypto::SystemRandom random;
    for (auto& one : organisation.members())
      if (one.name == "mieke") one.xwing_key = crypto::xwing_public_key(member_seed());
    kit::CaseBuilder builder(organisation, "key ring");
    const auto directory = organisation.directory();
    const auto opening = builder.open([](protocol::Header& first) {
      for (auto& start : std::get<protocol::Open>(first.fields).starts)
        if (start.compartment == Compartment::kStory)
          start.commitment = crypto::commit(story_key());
    });
    must(access.admit(*protocol::parse_header(opening.header), directory).has_value());
    const auto granted = builder.grant({{"mieke", {Compartment::kStory}, true, 0}});
    header = *protocol::parse_header(granted.header);
    must(access.admit(header, directory).has_value());
    std::vector<crypto::XWingSeed> seeds;
    seeds.push_back(member_seed());
    member.emplace(crypto::KeyFile{crypto::KeyFileKind::kMember, organisation.member("mieke").id,
                                   *crypto::SigningSeed::from(Bytes(32, 8)), std::move(seeds)},
                   organisation.service());
  }

  const protocol::Grant& grant() const { return std::get<protocol::Grant>(header.fields); }

  kit::Organisation organisation{"key ring", kDay};
  protocol::Access access;
  protocol::Header header;
  std::optional<core::Member> member;
};

void check(const Scene& scene, crypto::ByteView payload, bool expected) {
  core::KeyRing ring;
  const auto problems =
      core::unwrap_grant(ring, scene.access, scene.header, scene.grant(), payload, *scene.member);
  must(ring.size() <= 1 && problems.empty() == (ring.size() == 1));
  must(problems.empty() == expected);
  for (const auto& [which, key] : ring)
    must(which == kStory && crypto::matches(crypto::commit(story_key()), key));
}

}  // namespace

void run(crypto::ByteView input) {
  static const Scene scene;
  static const Bytes right = [] {
    Bytes plain{0, 0, 0, static_cast<std::uint8_t>(Compartment::kStory), 0, 0, 0, 1};
    plain.resize(protocol::kWrappedKeyBytes, 4);
    return plain;
  }();
  check(scene, input, false);
  Bytes plain(input.begin(), input.end());
  plain.resize(protocol::kWrappedKeyBytes);
  crypto::SystemRandom random;
  const auto& to = scene.grant().members.front();
  const auto info =
      protocol::grant_info(scene.header.service_id, scene.header.handle, scene.header.author, to);
  const auto sealed =
      *crypto::hpke_seal(scene.organisation.member("mieke").xwing_key, info, {}, plain, random);
  const auto enc = sealed.enc.view();
  check(scene, protocol::encode_wraps({{Bytes(enc.begin(), enc.end()), sealed.ciphertext}}),
        plain == right);
}

}  // namespace omzien::fuzz
