// Accept-Encoding as RFC 9110 §12.5.3 has it.
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "gateway/http/content_coding.h"

namespace omzien::gateway::http {
namespace {

struct Weights {
  int brotli, gzip, identity;
  bool operator==(const Weights&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Weights& weights) {
  return out << weights.brotli << '/' << weights.gzip << '/' << weights.identity;
}

Weights of(const Codings& codings) {
  return {codings.weight_of(Coding::kBrotli), codings.weight_of(Coding::kGzip),
          codings.weight_of(Coding::kIdentity)};
}

Weights of(const std::string& value) {
  Codings codings;
  codings.take_codings(value);
  return of(codings);
}

// The plain file, and nothing else.
constexpr Weights kPlainAlone{0, 0, 1'000};

TEST(Codings, AreThePlainFileAloneWithoutAField) {
  EXPECT_EQ(of(Codings{}), (Weights{0, 0, 1}));
  EXPECT_EQ(of(""), (Weights{0, 0, 1}));
  EXPECT_EQ(of(" , ,"), (Weights{0, 0, 1}));
}

TEST(Codings, AreReadAsBrowsersWriteThem) {
  EXPECT_EQ(of("gzip, deflate, br, zstd"), (Weights{1'000, 1'000, 1}));
  EXPECT_EQ(of("gzip, deflate"), (Weights{0, 1'000, 1}));
  EXPECT_EQ(of("GZip,X-GZIP;q=0.5,bR"), (Weights{1'000, 500, 1}));
}

TEST(Codings, HaveWeights) {
  EXPECT_EQ(of("br;q=0.5, gzip;q=0.75,identity;q=0.025"), (Weights{500, 750, 25}));
  EXPECT_EQ(of("br ; q=1.000\t,gzip; Q=0."), (Weights{1'000, 0, 1}));
  EXPECT_EQ(of("br;q=0"), (Weights{0, 0, 1}));
}

TEST(Codings, TheStarMeansThoseThatAreNotNamed) {
  EXPECT_EQ(of("*"), (Weights{1'000, 1'000, 1'000}));
  EXPECT_EQ(of("*;q=0, gzip"), (Weights{0, 1'000, 0}));
  EXPECT_EQ(of("gzip;q=0, *;q=0.3"), (Weights{300, 0, 300}));
  EXPECT_EQ(of("identity;q=0"), (Weights{0, 0, 0}));
}

TEST(Codings, OfSeveralFieldsAreOneList) {
  Codings codings;
  codings.take_codings("gzip");
  codings.take_codings("br;q=0.1");
  EXPECT_EQ(of(codings), (Weights{100, 1'000, 1}));
}

TEST(Codings, ThatAreNoListAskForThePlainFile) {
  for (const char* bad :
       {"br;q=2", "br;q=1.001", "br;q=0.1234", "br;q=.5", "br;q=-1", "br;q=", "br;q", "br;level=9",
        "br;q=0.5;q=1", "br;q=1a", "br;q=0x1", ";q=1", "br, gzip;q=nan"})
    EXPECT_EQ(of(bad), kPlainAlone) << bad;
}

TEST(Codings, AreBounded) {
  std::string list = "br";
  for (std::size_t i = 1; i < kCodingsListedMax; ++i) list += ", a";
  EXPECT_EQ(of(list).brotli, 1'000);
  EXPECT_EQ(of(list + ", a"), kPlainAlone);
  Codings field_after_field;
  for (std::size_t i = 0; i <= kCodingsListedMax; ++i) field_after_field.take_codings("br");
  EXPECT_EQ(of(field_after_field), kPlainAlone);
}

}  // namespace
}  // namespace omzien::gateway::http
