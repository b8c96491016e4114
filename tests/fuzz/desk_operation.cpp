// The bodies of what a desk asks for, and of the answers (protocol/desk_operations.h).
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) { (void)judge_desk_operation(input); }
