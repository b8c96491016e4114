// What the root signs: a codec before any signature was looked at (protocol §4).
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) { (void)judge_directory_content(input); }
