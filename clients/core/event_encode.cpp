#include <sodium.h>

#include "omzien/event.pb.h"

#include "clients/core/event.h"
#include "protocol/strict.h"

namespace omzien::core {
namespace {

namespace strict = protocol::strict;

std::uint32_t number(auto value) { return static_cast<std::uint32_t>(value); }

void wipe(std::string& text) { sodium_memzero(text.data(), text.size()); }

// The body of each kind.
struct Body {
  std::string operator()(const Opening& opening) const {
    wire::Opening message;
    message.set_case_kind(number(opening.case_kind));
    for (const auto want : opening.wants) message.add_wants(number(want));
    message.set_lead(number(opening.lead));
    message.set_language(opening.language);
    return message.SerializeAsString();
  }
  std::string operator()(const Report& report) const {
    wire::Report message;
    message.set_text(report.text);
    for (const auto& from : report.answers) {
      auto* to = message.add_answers();
      to->set_prompt(from.prompt);
      to->set_text(from.text);
    }
    return message.SerializeAsString();
  }
  std::string operator()(const Message& from) const { return text_alone<wire::Message>(from.text); }
  std::string operator()(const Note& from) const { return text_alone<wire::Note>(from.text); }
  std::string operator()(const Assessment& from) const {
    return text_alone<wire::Assessment>(from.text);
  }
  std::string operator()(const Sensitive& from) const {
    return text_alone<wire::Sensitive>(from.text);
  }
  std::string operator()(const Consultation& from) const {
    return text_alone<wire::Consultation>(from.text);
  }
  std::string operator()(const TriageDecision& decision) const {
    wire::TriageDecision message;
    message.set_ruling(number(decision.ruling));
    message.set_text(decision.text);
    message.set_reason(decision.reason);
    return message.SerializeAsString();
  }
  std::string operator()(const Stay& stay) const {
    wire::Stay message;
    message.set_ended(stay.ended);
    message.set_text(stay.text);
    return message.SerializeAsString();
  }
  std::string operator()(const CheckIn& from) const { return text_alone<wire::CheckIn>(from.text); }
  std::string operator()(const StatusChange& status) const {
    wire::StatusChange message;
    message.set_state(number(status.state));
    message.set_text(status.text);
    return message.SerializeAsString();
  }
  std::string operator()(const Attachment& attachment) const {
    wire::Attachment message;
    for (const auto& from : attachment.files) {
      auto* to = message.add_files();
      to->set_name(from.name);
      to->set_media_type(from.media_type);
      to->set_size(from.size);
      to->set_sha256(strict::field(from.sha256.view()));
      to->set_upload_id(strict::field(from.upload_id.view()));
      to->set_chunks(from.chunks);
      to->set_key(strict::field(from.key->reveal()));
    }
    std::string body = message.SerializeAsString();
    for (auto& file : *message.mutable_files()) wipe(*file.mutable_key());
    return body;
  }
  std::string operator()(const Outcome& outcome) const {
    wire::Outcome message;
    message.set_text(outcome.text);
    message.set_reason(outcome.reason);
    return message.SerializeAsString();
  }
  std::string operator()(const Proposal& proposal) const {
    wire::Proposal message;
    message.set_step(proposal.step);
    message.set_text(proposal.text);
    for (const auto& from : proposal.readers) {
      auto* to = message.add_readers();
      to->set_member_id(strict::field(from.member_id.view()));
      for (const auto compartment : from.compartments) to->add_compartments(number(compartment));
      to->set_last_day(from.last_day);
      to->set_lead(from.lead);
    }
    message.set_summary(proposal.summary);
    message.set_sensitive(proposal.sensitive);
    return message.SerializeAsString();
  }
  std::string operator()(const Decision& decision) const {
    wire::Decision message;
    message.set_proposal_seq(decision.proposal_seq);
    message.set_proposal_hash(strict::field(decision.proposal_hash.view()));
    message.set_choice(number(decision.choice));
    message.set_text(decision.text);
    return message.SerializeAsString();
  }
  std::string operator()(const Retraction& retraction) const {
    wire::Retraction message;
    message.set_proposal_seq(retraction.proposal_seq);
    return message.SerializeAsString();
  }
  std::string operator()(const Summary& summary) const {
    wire::Summary message;
    message.set_text(summary.text);
    message.set_proposal_seq(summary.proposal_seq);
    return message.SerializeAsString();
  }
  std::string operator()(const Unconsented& unconsented) const {
    wire::Unconsented message;
    message.set_cause(number(unconsented.cause));
    message.set_text(unconsented.text);
    return message.SerializeAsString();
  }
  std::string operator()(const IdentityOpened&) const { return {}; }
  std::string operator()(const UnknownEvent&) const { return {}; }  // never written, only met

  template <class M>
  static std::string text_alone(const std::string& text) {
    M message;
    message.set_text(text);
    return message.SerializeAsString();
  }
};

}  // namespace

crypto::SecretBytes encode_event(const Event& event) {
  auto body = std::visit(Body{}, event);
  wire::Event message;
  message.set_kind(number(kind_of(event)));
  message.set_body(body);
  crypto::SecretBytes plaintext(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(plaintext.reveal_mutable().data());
  wipe(body);
  wipe(*message.mutable_body());
  return plaintext;
}

}  // namespace omzien::core
