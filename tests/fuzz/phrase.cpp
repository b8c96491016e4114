// A phrase as somebody typed it: any bytes at all (protocol §7).
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) { (void)judge_phrase(input); }
