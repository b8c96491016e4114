// The payload of a grant or a revocation, against the header that says what must be in it (protocol
// §3).
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) { (void)judge_wraps(input); }
