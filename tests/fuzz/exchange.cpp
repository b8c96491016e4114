// The whole exchange: a session of operations against the memory engine, held against a model.
#include "tests/fuzz/exchange_model.h"

void omzien::fuzz::run(crypto::ByteView bytes) {
  constexpr int kStepsMax = 60;  // an input stays below a tenth of a second
  Input input(bytes);
  ExchangeModel model(input);
  for (int i = 0; i < kStepsMax && !input.ended(); ++i) model.step();
  model.check();
}
