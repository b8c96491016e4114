// What both languages read that stands behind a signature, a seal or a passphrase: each reads bytes
// by chance, and as `_signed` or `_sealed` contents by chance that an honest party signed or a
// hostile one sealed. `omzien-fuzz-verdicts` prints what was given and the answer, and
// clients/web/tests/fuzz gives the same bytes to its own.
#pragma once

#include <array>
#include <string_view>

#include "crypto/verify/bytes.h"
#include "tests/kit/organisation.h"

namespace omzien::fuzz {

struct Reading {
  crypto::Bytes given;
  std::string_view answer;  // "good", or why not
};

struct Reader {
  std::string_view name;
  Reading (*read)(crypto::ByteView input);
};

// Whose people signed, on which day it is read.
const kit::Organisation& organisation();

Reading read_directory(crypto::ByteView);
Reading read_directory_signed(crypto::ByteView);
Reading read_certificate(crypto::ByteView);
Reading read_certificate_signed(crypto::ByteView);
Reading read_member_card(crypto::ByteView);
Reading read_availability(crypto::ByteView);
Reading read_availability_signed(crypto::ByteView);
Reading read_invitation(crypto::ByteView text);
Reading read_enrolment(crypto::ByteView text);
Reading read_enrolment_signed(crypto::ByteView);
Reading read_handbook(crypto::ByteView);
Reading read_papers(crypto::ByteView);
Reading read_key_file(crypto::ByteView);
Reading read_key_file_sealed(crypto::ByteView);
Reading read_local(crypto::ByteView);
Reading read_local_sealed(crypto::ByteView);

inline constexpr std::array kReaders{
    Reader{"directory", read_directory},
    Reader{"directory_signed", read_directory_signed},
    Reader{"certificate", read_certificate},
    Reader{"certificate_signed", read_certificate_signed},
    Reader{"member_card", read_member_card},
    Reader{"availability", read_availability},
    Reader{"availability_signed", read_availability_signed},
    Reader{"invitation", read_invitation},
    Reader{"enrolment", read_enrolment},
    Reader{"enrolment_signed", read_enrolment_signed},
    Reader{"handbook_read", read_handbook},
    Reader{"papers", read_papers},
    Reader{"key_file", read_key_file},
    Reader{"key_file_sealed", read_key_file_sealed},
    Reader{"local", read_local},
    Reader{"local_sealed", read_local_sealed},
};

// The corpora they read, all of them each.
inline constexpr std::array<std::string_view, 7> kReadCorpora{
    "signed_directory", "certificate", "availability", "enrolment", "desk", "key_file", "local"};

}  // namespace omzien::fuzz
