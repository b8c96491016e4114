// Writes what an honest party would have sent, as the corpora's first inputs: from nothing but
// chance a fuzzer finds the smallest messages alone.
//
//   omzien-fuzz-seeds CORPUS
#include "tests/fuzz/seeds.h"

namespace omzien::fuzz {
namespace {

void add_sessions(const Corpus& corpus) {
  crypto::FixedRandom random("sessions");
  for (int i = 0; i < 24; ++i) {
    crypto::Bytes choices(40 + 12 * static_cast<std::size_t>(i));
    random.fill(choices);
    corpus.add("exchange", std::to_string(i), choices);
  }
}

void add_all(const Corpus& corpus) {
  const kit::Organisation organisation("fuzz", kDay);
  add_entries(corpus, organisation);
  add_operations(corpus, organisation);
  add_people(corpus, organisation);
  add_desk(corpus, organisation);
  add_events(corpus, organisation);
  add_crypto(corpus);
  add_local(corpus);
  add_kept(corpus);
  add_storage(corpus);
  add_texts(corpus);
  add_sessions(corpus);
}

}  // namespace
}  // namespace omzien::fuzz

int main(int count, char** arguments) {
  if (count != 2 || arguments[1][0] == '-') return 2;  // an option is no folder
  omzien::crypto::initialise();
  omzien::fuzz::add_all(omzien::fuzz::Corpus(arguments[1]));
  return 0;
}
