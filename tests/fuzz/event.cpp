// What stands inside an event's ciphertext: an honest adviser opens what a hostile reporter wrote.
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) { (void)judge_event(input); }
