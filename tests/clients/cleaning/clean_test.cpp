// What the terminal takes out of files before they are sealed: read on the samples, and held
// against files that are cut off and altered.
#include "clients/cleaning/clean.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include <gtest/gtest.h>

namespace omzien::cleaning {
namespace {

crypto::Bytes sample(const std::string& name) {
  const char* shared = std::getenv("OMZIEN_SHARED");
  std::ifstream file(std::string(shared == nullptr ? "../shared" : shared) + "/samples/" + name,
                     std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool holds(const crypto::Bytes& bytes, std::string_view text) {
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()).find(text) !=
         std::string_view::npos;
}

// Skipped where the samples are not.
class Clean : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (sample(GetParam()).empty()) GTEST_SKIP() << "no sample of this name";
  }
};

class CleanJpeg : public testing::Test {
 protected:
  void SetUp() override {
    if (file_.empty()) GTEST_SKIP() << "no sample of this name";
  }
  crypto::Bytes file_ = sample("photo-phone.jpg");
};

TEST_P(Clean, LeavesNothingThatTells) {
  const auto file = sample(GetParam());
  const auto cleaned = clean(file);
  ASSERT_TRUE(cleaned) << cleaned.error().message;
  EXPECT_FALSE(cleaned->removed.empty());
  for (const char* telling :
       {"Jansen", "SM-A546B", "R5CW30ABCDE", "iPhone", "2026:10", "D:2026", "xmpmeta"})
    EXPECT_FALSE(holds(cleaned->bytes, telling)) << telling;
}

TEST_P(Clean, GivesTheSameBytesEachTime) {
  const auto file = sample(GetParam());
  const auto once = clean(file);
  const auto again = clean(file);
  ASSERT_TRUE(once && again);
  EXPECT_EQ(once->bytes, again->bytes);
  const auto twice = clean(once->bytes);
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->bytes, once->bytes);
  EXPECT_TRUE(twice->removed.empty()) << twice->removed.front();
}

TEST_P(Clean, RefusesAFileThatIsCutOff) {
  if (std::string_view(GetParam()) == "roster.pdf")
    GTEST_SKIP() << "a beginning of it is its earlier version, whole";
  const auto file = sample(GetParam());
  for (std::size_t part = 1; part < 4; ++part)
    EXPECT_FALSE(clean(crypto::ByteView(file).first(file.size() / 8 * part)));
}

TEST_P(Clean, AnswersForAnyAlteredFile) {
  const auto file = sample(GetParam());
  std::mt19937 chance(7);
  for (int round = 0; round < 8; ++round) {
    auto altered = file;
    for (int change = 0; change < 5; ++change)
      altered[chance() % std::min<std::size_t>(altered.size(), 3000)] =
          static_cast<std::uint8_t>(chance());
    const auto cleaned = clean(altered);
    if (!cleaned) {
      EXPECT_EQ(cleaned.error().kind, core::ErrorKind::kBadInput);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, Clean,
                         testing::Values("photo-phone.jpg", "screenshot.png", "roster.pdf"),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

TEST_F(CleanJpeg, KeepsWhichSideIsUp) {
  const auto cleaned = clean(file_);
  ASSERT_TRUE(cleaned);
  // The one entry that is left: orientation 6.
  const std::string_view upright("\x01\x12\0\x03\0\0\0\x01\0\x06", 10);
  EXPECT_TRUE(holds(cleaned->bytes, upright));
}

TEST_F(CleanJpeg, CutsWhatStandsBehindThePicture) {
  auto file = file_;
  const auto film = crypto::to_bytes("ftypmp42 of J. Jansen");
  file.insert(file.end(), film.begin(), film.end());
  const auto cleaned = clean(file);
  ASSERT_TRUE(cleaned);
  EXPECT_FALSE(holds(cleaned->bytes, "ftypmp42"));
  EXPECT_EQ(cleaned->removed.size(), 2U);
}

// TIFF of one entry: orientation 6.
std::string turned(std::string_view next_folder) {
  return std::string("MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", 22) +
         std::string(next_folder);
}

std::string chunk(const std::string& name, const std::string& data) {
  std::uint32_t sum = 0xffff'ffff;
  for (const char letter : name + data) {
    sum ^= static_cast<unsigned char>(letter);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xedb8'8320 : 0);
  }
  const auto number = [](std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
    return bytes;
  };
  return number(static_cast<std::uint32_t>(data.size())) + name + data + number(~sum);
}

// Two pixels beside each other.
crypto::Bytes picture_with(const std::string& exif) {
  const std::string pixels("\x78\x01\x01\x03\0\xfc\xff\0\x10\x20\0\x43\0\x31", 14);
  return crypto::to_bytes(
      "\x89PNG\r\n\x1a\n" + chunk("IHDR", std::string("\0\0\0\x02\0\0\0\x01\x08\0\0\0\0", 13)) +
      (exif.empty() ? "" : chunk("eXIf", exif)) + chunk("IDAT", pixels) + chunk("IEND", ""));
}

TEST(CleanPng, KeepsWhichSideIsUpAndNothingElseOfItsExif) {
  const auto end = std::string(4, '\0');
  const auto plain = clean(picture_with(turned(end)));
  ASSERT_TRUE(plain) << plain.error().message;
  EXPECT_TRUE(holds(plain->bytes, chunk("eXIf", turned(end))));
  EXPECT_TRUE(plain->removed.empty()) << "nothing was in it that told";
  for (const auto& exif : {turned(end + "by J. Jansen"), turned("\x12\x34\x56\x78")}) {
    const auto cleaned = clean(picture_with(exif));
    ASSERT_TRUE(cleaned);
    EXPECT_EQ(cleaned->bytes, plain->bytes);
    EXPECT_FALSE(cleaned->removed.empty());
  }
  auto upright = turned(end);
  upright[19] = 1;
  const auto nothing = clean(picture_with(""));
  const auto upright_cleaned = clean(picture_with(upright));
  ASSERT_TRUE(nothing && upright_cleaned);
  EXPECT_EQ(upright_cleaned->bytes, nothing->bytes);
  EXPECT_NE(nothing->bytes, plain->bytes);
}

// A document of one page, whose catalogue has one entry more, and its trailer others.
crypto::Bytes document_with(const std::string& entry, const std::string& trailer = "") {
  const std::string objects[] = {"<< /Type /Catalog /Pages 2 0 R " + entry + " >>",
                                 "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                 "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"};
  std::string text = "%PDF-1.4\n";
  std::string table = "xref\n0 4\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < std::size(objects); ++i) {
    std::string place = std::to_string(text.size());
    table += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    text += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto place = std::to_string(text.size());
  return crypto::to_bytes(text + table + "trailer\n<< /Size 4 /Root 1 0 R " + trailer +
                          " >>\nstartxref\n" + place + "\n%%EOF\n");
}

TEST(CleanPdf, FindsWhatTellsWithinOtherThingsAndLetsNothingThroughThatLiesTooDeepToBeFound) {
  const auto nested = [](std::size_t depth) {
    return clean(document_with("/Deep " + std::string(depth, '[') + "<< /LastModified (Jansen) >>" +
                               std::string(depth, ']')));
  };
  const auto found = nested(50);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_FALSE(found->removed.empty());
  EXPECT_TRUE(clean(document_with(""))->removed.empty()) << "so that this test can fail";
  const auto too_deep = nested(150);
  ASSERT_FALSE(too_deep);
  EXPECT_EQ(too_deep.error().kind, core::ErrorKind::kBadInput);
}

TEST(CleanPdf, KeepsNothingThatAProgramPutBesideTheTableNorByWhatVersionsKnowEachOther) {
  const std::string identity = "/ID [<4a616e73656e> <00>]";
  const auto cleaned =
      clean(document_with("", identity + " /DocChecksum /AB12 /X (Jansen) /Y << /Z [(Jansen)] >>"));
  ASSERT_TRUE(cleaned) << cleaned.error().message;
  for (const char* telling : {"Jansen", "4a616e73656e", "DocChecksum", "AB12", "/X ", "/Y ", "/Z "})
    EXPECT_FALSE(holds(cleaned->bytes, telling)) << telling;
  EXPECT_FALSE(cleaned->removed.empty());
  const auto known = clean(document_with("", identity));
  const auto unknown = clean(document_with(""));
  ASSERT_TRUE(known && unknown);
  EXPECT_EQ(known->bytes, unknown->bytes);
  EXPECT_TRUE(known->removed.empty()) << "every program writes one";
}

TEST(CleanPdf, KeepsNoHalfOfTheIdentityOfASample) {
  const auto file = sample("roster.pdf");
  if (file.empty()) GTEST_SKIP() << "no sample of this name";
  const std::string text(file.begin(), file.end());
  const auto from = text.rfind("/ID");
  ASSERT_NE(from, std::string::npos);
  const auto open = text.find('<', from) + 1;
  const auto half = text.substr(open, text.find('>', open) - open);
  ASSERT_EQ(half.size(), 32U);
  const auto cleaned = clean(file);
  ASSERT_TRUE(cleaned);
  std::string in_bytes;
  for (std::size_t i = 0; i < half.size(); i += 2)
    in_bytes += static_cast<char>(std::stoi(half.substr(i, 2), nullptr, 16));
  std::string lower = half;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const auto& written : {half, lower, in_bytes}) EXPECT_FALSE(holds(cleaned->bytes, written));
}

TEST(CleanPdf, KeepsNoPlaceOfAFileAndNothingThatLeadsToOne) {
  const std::string places[] = {R"((C:\\Users\\jansen\\plan.doc))",
                                R"((\\\\fileserver\\jansen.doc))", "(file:///home/jansen/plan.pdf)",
                                "<FEFF0043003A005C006A0061006E00730065006E>"};
  for (const auto& place : places) {
    for (const auto& entry :
         {"/Shown << /S /GoToR /F " + place + " /D [0 /Fit] >>",
          "/Shown << /S /Launch /Win << /F " + place + " >> >>",
          "/Shown << /Type /Filespec /F " + place + " /Desc (of Jansen) >>",
          "/Shown << /FS << /F " + place + " >> >>", "/Shown << /S /URI /URI " + place + " >>",
          "/Shown << /S /Figure /Alt " + place + " >>",
          "/Shown << /2.0 << /F " + place + " >> >>"}) {
      const auto cleaned = clean(document_with(entry));
      ASSERT_TRUE(cleaned) << entry;
      EXPECT_FALSE(cleaned->removed.empty()) << entry;
    }
  }
  for (const auto* entry : {"/Shown << /F 4 >>", "/Shown << /URI (https://example.org/a) >>",
                            "/Shown << /Contents (See C: it says) >>"})
    EXPECT_TRUE(clean(document_with(entry))->removed.empty()) << entry;
}

TEST(CleanPdf, KeepsNoSignatureThatDoesNotSayThatItIsOne) {
  const std::string who = "/Name (J. Jansen) /M (D:20261014) /Contents <4a616e73656e> ";
  for (const auto& entry :
       {"/Shown << " + who + "/ByteRange [0 9 9 9] >>",
        "/Shown << " + who + "/Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached >>"}) {
    const auto cleaned = clean(document_with(entry));
    const auto empty = clean(document_with("/Shown << >>"));
    ASSERT_TRUE(cleaned && empty);
    EXPECT_EQ(cleaned->bytes, empty->bytes) << entry;
    EXPECT_FALSE(cleaned->removed.empty());
  }
}

// The same with a stream that its catalogue knows.
crypto::Bytes document_with_stream(const std::string& entry, const std::string& dictionary,
                                   const std::string& data) {
  const auto without = document_with(entry);
  std::string file(without.begin(), without.end());
  const auto table = file.find("xref\n0 4");
  const auto stream = "4 0 obj\n<< " + dictionary + " /Length " + std::to_string(data.size()) +
                      " >>\nstream\n" + data + "\nendstream\nendobj\n";
  auto place = std::to_string(table);
  place.insert(0, 10 - place.size(), '0');
  file.replace(file.find("trailer"), std::string("trailer\n<< /Size 4").size(),
               place + " 00000 n \ntrailer\n<< /Size 5");
  file.replace(table, std::string("xref\n0 4").size(), "xref\n0 5");
  const auto start = file.find("startxref\n") + std::string("startxref\n").size();
  file.replace(start, file.find('\n', start) - start, std::to_string(table + stream.size()));
  file.insert(table, stream);
  return crypto::to_bytes(file);
}

crypto::Bytes document_with_picture(const std::string& filter, const std::string& picture) {
  return document_with_stream("/Shown 4 0 R", "/Filter " + filter, picture);
}

TEST(CleanPdf, KeepsNoColourProfileAndTheColoursThatItWasAbout) {
  const std::string profile = "acsp of the screen of J. Jansen, R5CW30ABCDE";
  const auto with = [&](const std::string& entry, const std::string& dictionary) {
    return clean(document_with_stream(entry, dictionary, profile));
  };
  for (const auto& [count, colours] :
       {std::pair{"1", "/DeviceGray"}, {"3", "/DeviceRGB"}, {"4", "/DeviceCMYK"}}) {
    const auto dictionary = std::string("/N ") + count + " /Alternate " + colours;
    const auto stands = [&](const std::string& before, const std::string& after) {
      const auto cleaned = with(before + "[/ICCBased 4 0 R]" + after, dictionary);
      const auto plain = clean(document_with(before + colours + after));
      EXPECT_TRUE(cleaned && plain && cleaned->bytes == plain->bytes) << before << colours << after;
      EXPECT_TRUE(cleaned && cleaned->removed.size() == 1 &&
                  cleaned->removed[0].starts_with("colour profiles"));
    };
    stands("/Shown ", "");
    stands("/Shown << /CS0 ", " >>");
    stands("/Shown [/Indexed ", " 1 <000000ffffff>]");
    stands("/Shown [[/Pattern ", "]]");
  }
  const auto meant =
      with("/OutputIntents [<< /S /GTS_PDFA1 /Info (Jansen) /DestOutputProfile 4 0 R >>]", "/N 3");
  const auto nothing = clean(document_with(""));
  ASSERT_TRUE(meant && nothing);
  EXPECT_EQ(meant->bytes, nothing->bytes);
  EXPECT_FALSE(meant->removed.empty());
  const auto elsewhere =
      with("/Other 4 0 R /Shown [/ICCBased 4 0 R]", "/N 3 /Filter /RunLengthDecode");
  ASSERT_TRUE(elsewhere);
  EXPECT_FALSE(holds(elsewhere->bytes, "Jansen"));
  for (const auto* dictionary : {"/N 3 /Alternate [/Lab << /WhitePoint [1 1 1] >>]", "/N 2", ""})
    EXPECT_FALSE(with("/Shown [/ICCBased 4 0 R]", dictionary)) << dictionary;
}

TEST(CleanPdf, KeepsNoRemarkOfAPictureWithinAndRefusesOneThatItCantClean) {
  const std::string remark = "by J. Jansen";
  const std::string stream =
      std::string("\xff\x4f\xff\x51\xff\x64\0\x10\0\x01", 10) + remark + "\xff\x90 drawn";
  const auto cleaned = clean(document_with_picture("/JPXDecode", stream));
  ASSERT_TRUE(cleaned) << cleaned.error().message;
  EXPECT_FALSE(holds(cleaned->bytes, "Jansen"));
  EXPECT_TRUE(holds(cleaned->bytes, " drawn"));
  const auto refused = [](const std::string& filter, const std::string& picture) {
    const auto done = clean(document_with_picture(filter, picture));
    return !done && done.error().kind == core::ErrorKind::kBadInput;
  };
  EXPECT_TRUE(refused("/JPXDecode", std::string("\0\0\0\x20uuid", 8) + remark));
  EXPECT_TRUE(refused("[/ASCIIHexDecode /DCTDecode]", "ffd8ff>"));
  EXPECT_TRUE(refused("[/DCTDecode]", "no photograph"));
}

TEST(CleanKinds, AreKnownByTheirFirstBytes) {
  EXPECT_EQ(kind_of(crypto::as_bytes("GIF89a")), Kind::kUncleaned);
  EXPECT_EQ(kind_of(crypto::as_bytes("PK\x03\x04 a document")), Kind::kUncleaned);
  EXPECT_EQ(kind_of(crypto::as_bytes("plain words")), Kind::kUnknown);
  EXPECT_EQ(kind_of({}), Kind::kUnknown);
  EXPECT_FALSE(clean(crypto::as_bytes("GIF89a")));
}

}  // namespace
}  // namespace omzien::cleaning
