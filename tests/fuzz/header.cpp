// The header of an entry, with the public fields of every kind (protocol §2).
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) { (void)judge_header(input); }
