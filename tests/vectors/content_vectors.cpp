// event-content.json

#include "clients/core/event.h"
#include "crypto/verify/hash.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {
namespace {

using rules::Compartment;

protocol::MemberId member(std::uint8_t number) {
  return *protocol::MemberId::from(Bytes(protocol::MemberId::kSize, number));
}

core::Proposal proposal(std::vector<core::ProposedReader> readers) {
  return {"share_triage", "Zij denken mee.", std::move(readers), "Kort."};
}

std::vector<core::ProposedReader> readers(std::size_t count) {
  std::vector<core::ProposedReader> many;
  for (std::size_t i = 0; i < count; ++i)
    many.push_back({member(static_cast<std::uint8_t>(i)), {Compartment::kSummary}, 0});
  return many;
}

std::vector<core::Event> events() {
  using namespace core;
  return {
      Opening{rules::CaseKind::kAdvice, {rules::Want::kHeard}, rules::Lead::kEveryStep, "nl"},
      Report{"Wat er gebeurde \xf0\x9f\x8c\xb1", {{"where", "daar"}}},
      Message{"hoi"},
      StatusChange{rules::CaseState::kWaiting, ""},
      Outcome{"gesproken", "omdat"},
      proposal({{member(1), {Compartment::kStory, Compartment::kSummary}, 20'000},
                {member(2), {Compartment::kIdentity}, 0}}),
      proposal(readers(rules::kMembersPerGrantMax)),
      Proposal{"", "In eigen woorden.", {}, ""},
      Decision{std::uint64_t{1} << 40, sha256({}), rules::Choice::kYesIf, "zonder namen"},
      Decision{rules::kCountMax, sha256({}), rules::Choice::kNo, ""},
      Retraction{7},
      Summary{"kort", 7},
      Unconsented{rules::Cause::kDuty, "ik moest"},
      IdentityOpened{},
      Note{"voor mij"},
      CheckIn{""},
      proposal({{member(1), {Compartment::kTalk}, 0, true}}),
      Proposal{"investigation", "", {}, "", true},
      Assessment{"een gesprek kan helpen"},
      TriageDecision{rules::Ruling::kMeasure, "overgeplaatst", "zodat het stopt"},
      Stay{false, "liever met jou alleen"},
      Stay{true, ""},
      Sensitive{"het stond in de krant"},
      Consultation{"wacht een week"},
  };
}

// Each breaks one promise of clients/core/event.h.
std::vector<core::Event> broken() {
  using namespace core;
  return {
      Outcome{"gesproken", ""},
      Proposal{"", "", {}, "Kort."},
      Proposal{"Delen!", "", {}, ""},
      Proposal{std::string(rules::kStepKeyBytesMax + 1, 'a'), "", {}, ""},
      proposal(readers(rules::kMembersPerGrantMax + 1)),
      proposal({{member(1), {}, 0}}),
      proposal({{member(1), {Compartment::kNotes}, 0}}),
      proposal({{member(1), {Compartment::kSummary, Compartment::kStory}, 0}}),
      proposal({{member(1), {Compartment::kStory, Compartment::kStory}, 0}}),
      proposal({{member(2), {Compartment::kStory}, 0}, {member(1), {Compartment::kStory}, 0}}),
      proposal({{member(1), {Compartment::kStory}, 0}, {member(1), {Compartment::kTalk}, 0}}),
      Decision{1, sha256({}), rules::Choice::kYesIf, ""},
      Decision{1, sha256({}), rules::Choice{5}, "x"},
      Summary{"", 7},
      Unconsented{rules::Cause::kDanger, ""},
      Unconsented{rules::Cause{3}, "x"},
      Note{""},
      proposal(
          {{member(1), {Compartment::kTalk}, 0, true}, {member(2), {Compartment::kTalk}, 0, true}}),
      Assessment{""},
      TriageDecision{rules::Ruling{0}, "x", "x"},
      TriageDecision{rules::Ruling::kMeasure, "", "x"},
      TriageDecision{rules::Ruling::kMeasure, "x", ""},
      Sensitive{""},
      Consultation{""},
      // A number that a browser can't hold is none in either language.
      Decision{rules::kCountMax + 1, sha256({}), rules::Choice::kNo, ""},
      Retraction{rules::kCountMax + 1},
      Summary{"Kort.", rules::kCountMax + 1},
  };
}

}  // namespace

Json event_content() {
  Json good = Json::array();
  for (const auto& event : events()) {
    const auto plaintext = core::encode_event(event);
    if (!core::parse_event(plaintext.reveal())) throw std::logic_error("an event that is none");
    good.push_back({{"kind", core::kind_name(event)}, {"plaintext", to_hex(plaintext.reveal())}});
  }
  Json refused = Json::array();
  for (const auto& event : broken()) {
    const auto plaintext = core::encode_event(event);
    if (core::parse_event(plaintext.reveal())) throw std::logic_error("a broken event passes");
    refused.push_back(to_hex(plaintext.reveal()));
  }
  return {{"events", std::move(good)}, {"refused", std::move(refused)}};
}

}  // namespace omzien::crypto::vectors
