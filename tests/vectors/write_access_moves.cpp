// usage: omzien-access-moves SEED LOGS MOVES
// Prints LOGS logs of MOVES random moves each, as in access.json.

#include <cstdlib>
#include <iostream>

#include "crypto/verify/secret.h"
#include "tests/vectors/access_moves.h"

int main(int count, char** arguments) {
  unsigned long numbers[3] = {};
  for (int i = 0; i < 3 && count == 4; ++i)
    numbers[i] = std::strtoul(arguments[i + 1], nullptr, 10);
  const auto [seed, logs, moves] = numbers;
  if (logs == 0 || logs > 1'000 || moves == 0 || moves > 10'000) {
    std::cerr << "usage: omzien-access-moves SEED LOGS MOVES, at most 1000 logs of 10000 moves\n";
    return 2;
  }
  omzien::crypto::initialise();
  std::cout << omzien::vectors::access_moves(static_cast<unsigned>(seed), logs, moves) << '\n';
  return std::cout.flush() ? 0 : 1;
}
