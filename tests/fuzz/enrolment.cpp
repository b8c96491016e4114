// An invitation, and the request that answers it (protocol/enrolment.h): text as people paste it,
// and contents by chance that the one who asks has signed.
#include "protocol/enrolment.h"

#include "tests/fuzz/target.h"
#include "tests/kit/organisation.h"

void omzien::fuzz::run(crypto::ByteView input) {
  static const kit::Organisation organisation("fuzz", 20'600);
  const std::string_view text{reinterpret_cast<const char*>(input.data()), input.size()};
  if (const auto invited = protocol::parse_invitation(text)) {
    const auto again = protocol::parse_invitation(protocol::invitation_fragment(*invited));
    must(again && again->name == invited->name && again->token == invited->token);
  }
  (void)protocol::EnrolmentRequest::parse(text, organisation.service());
  const auto signature =
      organisation.member("mieke").key->sign(rules::kTagEnrolmentSignature, input);
  (void)protocol::EnrolmentRequest::parse(protocol::enrolment_text(input, signature),
                                          organisation.service());
}
