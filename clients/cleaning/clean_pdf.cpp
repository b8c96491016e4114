// PDF: qpdf writes the newest version of the document anew; what only tells about people, programs,
// times and what is attached is left out before.
#include <algorithm>
#include <array>
#include <cctype>
#include <exception>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "clients/cleaning/clean.h"

namespace omzien::cleaning {
namespace {

// Said to the person, where it is not the document that is broken.
struct Uncleanable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Entries that draw nothing: ISO 32000-2, §7.7.2, 7.11, 12.5, 12.6, 14.3 to 14.5, 14.11.7.
constexpr std::array kTelling = {"/Metadata",
                                 "/PieceInfo",
                                 "/LastModified",
                                 "/Thumb",
                                 "/EmbeddedFiles",
                                 "/AF",
                                 "/EF",
                                 "/RF",
                                 "/Collection",
                                 "/OpenAction",
                                 "/AA",
                                 "/JavaScript",
                                 "/JS",
                                 "/Perms",
                                 "/DSS",
                                 "/XFA",
                                 "/SpiderInfo",
                                 "/VP",
                                 "/Legal",
                                 "/Measure",
                                 "/LGIDict",
                                 "/CreatorInfo",
                                 "/IDTree",
                                 "/OPI",
                                 "/Ref",
                                 "/NeedsRendering"};
// Of remarks: who made them, and when.
constexpr std::array kTellingInRemarks = {"/T", "/M", "/CreationDate", "/NM"};
// Dictionaries of which nothing stays: who signed, whose article it is, which file is meant, what
// leads to another file.
constexpr std::array kTellingTypes = {"/Sig", "/DocTimeStamp", "/Thread", "/Filespec", "/F"};
// What only these hold: a type may be left out.
constexpr std::array kGoesWith = {"/UF", "/ByteRange", "/SubFilter"};
constexpr std::array kLeadingAway = {"/GoToR", "/GoToE", "/Launch", "/ImportData"};

// Of the trailer: what leads to the document, and what only says how its table is written.
constexpr std::array<std::string_view, 3> kNeeded = {"/Root", "/Size", "/Encrypt"};
constexpr std::array<std::string_view, 8> kOfTheTable = {
    "/ID", "/Type", "/Index", "/W", "/Filter", "/DecodeParms", "/Length", "/XRefStm"};

// What was left out, and the colour profiles that nothing of the document needs any more.
struct LeftOut {
  bool telling = false;
  bool profiles = false;
  std::set<QPDFObjGen> unneeded = {};
};

bool is_any_of(QPDFObjectHandle name, const auto& names) {
  return std::ranges::any_of(names, [&](const char* one) { return name.isNameAndEquals(one); });
}

// Where a file lay: on somebody's disk, or in their organisation. As in clients/web/cleaning.
bool is_place(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  const bool drive = text.size() > 2 && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
                     text[1] == ':' && (text[2] == '\\' || text[2] == '/');
  return drive || text.starts_with(R"(\\)") || text.starts_with("file:") ||
         text.find("/home/") != std::string::npos || text.find("/users/") != std::string::npos;
}

// `F` is a number of flags, too.
bool names_a_file(const std::string& key, QPDFObjectHandle value) {
  return value.isString() && (key == "/F" || is_place(value.getUTF8Value()));
}

void without(QPDFObjectHandle dictionary, LeftOut& left_out) {
  const bool remark = dictionary.hasKey("/Rect") && !dictionary.hasKey("/FT");
  const auto drop = [&](const std::string& key) {
    if (!dictionary.hasKey(key)) return;
    dictionary.removeKey(key);
    left_out.telling = true;
  };
  if (dictionary.hasKey("/OutputIntents")) left_out.profiles = true;
  dictionary.removeKey("/OutputIntents");
  for (const char* key : kTelling) drop(key);
  if (remark)
    for (const char* key : kTellingInRemarks) drop(key);
  const bool goes =
      is_any_of(dictionary.getKey("/Type"), kTellingTypes) ||
      is_any_of(dictionary.getKey("/S"), kLeadingAway) ||
      std::ranges::any_of(kGoesWith, [&](const char* key) { return dictionary.hasKey(key); });
  for (const auto& key : dictionary.getKeys())
    if (goes || key.starts_with("/PTEX.") || names_a_file(key, dictionary.getKey(key))) drop(key);
}

// The colours that a profile is about, in the place of what it tells of a screen or a printer; null
// for whatever is no `[/ICCBased profile]`.
QPDFObjectHandle plain_colours(QPDFObjectHandle space, LeftOut& left_out) {
  if (!space.isArray() || space.getArrayNItems() < 2 ||
      !space.getArrayItem(0).isNameAndEquals("/ICCBased"))
    return QPDFObjectHandle::newNull();
  auto profile = space.getArrayItem(1);
  if (!profile.isStream()) throw std::runtime_error("no profile");
  auto instead = profile.getDict().getKey("/Alternate");
  const bool lab = instead.isArray() && instead.getArrayNItems() > 0 &&
                   instead.getArrayItem(0).isNameAndEquals("/Lab");
  auto count = profile.getDict().getKey("/N");
  const auto colours = count.isInteger() && !lab ? count.getIntValue() : 0;
  const char* name = colours == 1   ? "/DeviceGray"
                     : colours == 3 ? "/DeviceRGB"
                     : colours == 4 ? "/DeviceCMYK"
                                    : nullptr;
  if (name == nullptr)
    throw Uncleanable("its colours are described in a way that is not cleaned here");
  left_out.profiles = true;
  left_out.unneeded.insert(profile.getObjGen());
  return QPDFObjectHandle::newName(name);
}

// Dictionaries stand within dictionaries and arrays. What lies deeper than this is no document that
// a program wrote, and is not let through unseen.
void walk(QPDFObjectHandle object, LeftOut& left_out, int depth) {
  constexpr int kDepthMax = 100;
  if (depth > kDepthMax) throw std::runtime_error("nested too deeply");
  if (object.isStream()) object = object.getDict();
  if (object.isDictionary()) {
    without(object, left_out);
    for (const auto& key : object.getKeys()) {
      auto item = object.getKey(key);
      if (auto plain = plain_colours(item, left_out); !plain.isNull())
        object.replaceKey(key, plain);
      else if (!item.isIndirect())
        walk(item, left_out, depth + 1);
    }
  } else if (object.isArray()) {
    for (int i = 0; i < object.getArrayNItems(); ++i) {
      auto item = object.getArrayItem(i);
      if (auto plain = plain_colours(item, left_out); !plain.isNull())
        object.setArrayItem(i, plain);
      else if (!item.isIndirect())
        walk(item, left_out, depth + 1);
    }
  }
}

// JPEG 2000. Boxes that only tell are refused; a remark in the picture's own stream is overwritten
// where it is, since others count places. ISO 15444-1, annex A.9.2 and I.
std::string clean_jpx(std::string picture) {
  for (const std::string_view box : {"uuid", "xml ", "asoc"})
    if (picture.find(box) != std::string::npos)
      throw Uncleanable("a picture in it says more than it shows, and is not cleaned here");
  constexpr std::string_view kRemark = "\xff\x64";
  constexpr std::string_view kOfText("\0\x01", 2);
  constexpr std::size_t kHeadBytes = 6;  // the mark, its size, its kind
  for (auto at = picture.find(kRemark); at != std::string::npos;
       at = picture.find(kRemark, at + 1)) {
    if (picture.compare(at + kHeadBytes - kOfText.size(), kOfText.size(), kOfText) != 0) continue;
    for (auto i = at + kHeadBytes; i < picture.size() && picture[i] >= ' ' && picture[i] <= '~';
         ++i)
      picture[i] = ' ';
  }
  return picture;
}

// A photograph within, just as its camera made it.
void clean_photograph(QPDFObjectHandle stream) {
  if (!stream.isStream()) return;
  auto filter = stream.getDict().getKey("/Filter");
  const auto says = filter.unparseResolved();
  const bool jpeg = says.find("/DCTDecode") != std::string::npos;
  if (!jpeg && says.find("/JPXDecode") == std::string::npos) return;
  if (filter.isArray() && filter.getArrayNItems() != 1)
    throw Uncleanable("a photograph in it is packed in a way that is not undone here");
  const auto raw = stream.getRawStreamData();
  const crypto::ByteView picture(raw->getBuffer(), raw->getSize());
  std::string cleaned;
  if (jpeg) {
    const auto photograph = clean_jpeg(picture);
    if (!photograph) throw Uncleanable("a photograph in it can't be read");
    cleaned.assign(photograph->bytes.begin(), photograph->bytes.end());
  } else {
    cleaned = clean_jpx(std::string(picture.begin(), picture.end()));
  }
  stream.replaceStreamData(cleaned, filter, stream.getDict().getKey("/DecodeParms"));
}

// What a program put beside the table of objects: qpdf would copy it, and the first half of an
// identity too, by which versions of one document know each other.
void strip_trailer(QPDFObjectHandle trailer, LeftOut& left_out) {
  for (const auto& key : trailer.getKeys()) {
    if (std::ranges::find(kNeeded, key) != kNeeded.end()) continue;
    if (std::ranges::find(kOfTheTable, key) == kOfTheTable.end()) left_out.telling = true;
    trailer.removeKey(key);
  }
  walk(trailer, left_out, 0);
}

Cleaned rewritten(crypto::ByteView file) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.setAttemptRecovery(false);
  pdf.processMemoryFile("document", reinterpret_cast<const char*>(file.data()), file.size());
  Cleaned cleaned;
  LeftOut left_out;
  strip_trailer(pdf.getTrailer(), left_out);
  for (auto& object : pdf.getAllObjects()) {
    walk(object, left_out, 0);
    clean_photograph(object);
  }
  for (const auto& profile : left_out.unneeded)
    pdf.replaceObject(profile, QPDFObjectHandle::newNull());
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);  // of what is in it, not of the time
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  cleaned.bytes.assign(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
  if (left_out.telling)
    cleaned.removed.emplace_back("author, programs, times, attached files and earlier versions");
  if (left_out.profiles)
    cleaned.removed.emplace_back("colour profiles, which tell a screen or a printer apart");
  return cleaned;
}

}  // namespace

core::Result<Cleaned> clean_pdf(crypto::ByteView file) {
  try {
    return rewritten(file);
  } catch (const QPDFExc& error) {
    const bool locked = error.getErrorCode() == qpdf_e_password;
    return core::fail(core::ErrorKind::kBadInput,
                      locked ? "it is a PDF behind a password" : "it is a broken PDF");
  } catch (const Uncleanable& error) {
    return core::fail(core::ErrorKind::kBadInput, error.what());
  } catch (const std::exception&) {
    return core::fail(core::ErrorKind::kBadInput, "it is a broken PDF");
  }
}

}  // namespace omzien::cleaning
