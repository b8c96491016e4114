// The bodies of operations and of their results (proto/omzien/exchange.proto).
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) { (void)judge_operation(input); }
