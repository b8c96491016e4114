// The organisation's handbook: checklists, glossary, snippets (protocol/handbook.h).
#include "tests/fuzz/codecs.h"
#include "tests/fuzz/target.h"

void omzien::fuzz::run(crypto::ByteView input) { (void)judge_handbook(input); }
