// PDF: qpdf writes the newest version of the document anew; what only tells about people, programs,
// times and what is attached is left out before.
#include <array>
#include <exception>
#include <stdexcept>
#include <string>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "clients/cleaning/clean.h"

namespace omzien::cleaning {
namespace {

// Entries that draw nothing: ISO 32000-2, §7.7.2, 7.11, 12.5, 12.6, 14.3 to 14.5.
constexpr std::array kTelling = {
    "/Metadata", "/PieceInfo",  "/LastModified", "/Thumb", "/EmbeddedFiles", "/AF", "/EF",
    "/RF",       "/Collection", "/OpenAction",   "/AA",    "/JavaScript",    "/JS", "/Perms",
    "/DSS",      "/XFA",        "/SpiderInfo",   "/VP"};
// Of remarks: who made them, and when.
constexpr std::array kTellingInRemarks = {"/T", "/M", "/CreationDate", "/NM"};

void without(QPDFObjectHandle dictionary, bool& told) {
  const bool remark = dictionary.hasKey("/Rect") && !dictionary.hasKey("/FT");
  const auto drop = [&](const char* key) {
    if (!dictionary.hasKey(key)) return;
    dictionary.removeKey(key);
    told = true;
  };
  for (const char* key : kTelling) drop(key);
  if (remark)
    for (const char* key : kTellingInRemarks) drop(key);
}

// Dictionaries stand within dictionaries and arrays. What lies deeper than this is no document that
// a program wrote, and is not let through unseen.
void walk(QPDFObjectHandle object, bool& told, int depth) {
  constexpr int kDepthMax = 100;
  if (depth > kDepthMax) throw std::runtime_error("nested too deeply");
  if (object.isStream()) object = object.getDict();
  if (object.isDictionary()) {
    without(object, told);
    for (const auto& key : object.getKeys())
      if (auto item = object.getKey(key); !item.isIndirect()) walk(item, told, depth + 1);
  } else if (object.isArray()) {
    for (int i = 0; i < object.getArrayNItems(); ++i)
      if (auto item = object.getArrayItem(i); !item.isIndirect()) walk(item, told, depth + 1);
  }
}

// A photograph within, just as its camera made it.
void clean_photograph(QPDFObjectHandle stream) {
  if (!stream.isStream() || !stream.getDict().getKey("/Filter").isNameAndEquals("/DCTDecode"))
    return;
  const auto raw = stream.getRawStreamData();
  auto cleaned = clean_jpeg({raw->getBuffer(), raw->getSize()});
  if (!cleaned) return;
  stream.replaceStreamData(std::string(cleaned->bytes.begin(), cleaned->bytes.end()),
                           stream.getDict().getKey("/Filter"),
                           stream.getDict().getKey("/DecodeParms"));
}

Cleaned rewritten(crypto::ByteView file) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.setAttemptRecovery(false);
  pdf.processMemoryFile("document", reinterpret_cast<const char*>(file.data()), file.size());
  Cleaned cleaned;
  bool told = pdf.getTrailer().hasKey("/Info") || pdf.getTrailer().hasKey("/Prev");
  pdf.getTrailer().removeKey("/Info");
  for (auto& object : pdf.getAllObjects()) {
    walk(object, told, 0);
    clean_photograph(object);
  }
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);  // of what is in it, not of the time
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  cleaned.bytes.assign(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
  if (told)
    cleaned.removed.emplace_back("author, programs, times, attached files and earlier versions");
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
  } catch (const std::exception&) {
    return core::fail(core::ErrorKind::kBadInput, "it is a broken PDF");
  }
}

}  // namespace omzien::cleaning
