#include "clients/cli/promises/handbook_file.h"

#include <algorithm>
#include <tuple>

#include "clients/cli/promises/toml_file.h"

namespace omzien::cli {
namespace {

constexpr std::string_view kFirst =
    R"(# What advisers get to work with. Change it, then run `omzien admin publish`.

[nl.checklists]
report = [
  "Lees het hele verhaal voordat je antwoordt.",
  "Is iemand nu in gevaar? Overleg meteen.",
  "Bevestig binnen zeven dagen dat je het las.",
  "Vraag wat de melder wil, en hoeveel regie.",
  "Stel elke stap voor, en wacht op het antwoord.",
  "Schrijf de samenvatting zonder namen.",
  "Vertel de uitkomst, en waarom.",
  "Vraag na een maand of het is gestopt.",
]
advice = [
  "Lees het hele verhaal voordat je antwoordt.",
  "Luister eerst; een stap hoeft niet.",
  "Noem wat je niet kunt beloven.",
]
witness = [
  "Vraag wat de melder zelf zag en hoorde.",
  "Weet het slachtoffer van deze melding?",
  "Stel elke stap voor, en wacht op het antwoord.",
]
signal = ["Lees het, en kijk of er een patroon is."]

[nl.glossary.exclusion]
term = "Uitsluiting"
meaning = "Iemand hoort er niet bij, of krijgt minder kansen."
[nl.glossary.discrimination]
term = "Discriminatie"
meaning = "Iemand wordt anders behandeld om wie die is."

[nl.snippets.thanks]
title = "Goed dat je dit vertelt"
text = "Goed dat je dit vertelt. Ik heb het gelezen en denk met je mee."
[nl.snippets.call]
title = "Liever praten"
text = "Wil je liever praten? Zeg maar wanneer het jou uitkomt."

[en.checklists]
report = [
  "Read the whole story before you answer.",
  "Is somebody in danger now? Ask for help at once.",
  "Confirm within seven days that you read it.",
  "Ask what the reporter wants, and how much lead.",
  "Propose each step, and wait for the answer.",
  "Write the summary without names.",
  "Tell the outcome, and why.",
  "Ask after a month whether it stopped.",
]
advice = [
  "Read the whole story before you answer.",
  "Listen first; no step is needed.",
  "Say what you cannot promise.",
]
witness = [
  "Ask what the reporter saw and heard themself.",
  "Does the victim know of this report?",
  "Propose each step, and wait for the answer.",
]
signal = ["Read it, and look for a pattern."]

[en.glossary.exclusion]
term = "Exclusion"
meaning = "Somebody does not belong, or gets fewer chances."
[en.glossary.discrimination]
term = "Discrimination"
meaning = "Somebody is treated differently because of who they are."

[en.snippets.thanks]
title = "Good that you tell this"
text = "It is good that you tell this. I read it, and I am with you."
[en.snippets.call]
title = "Rather talk"
text = "Would you rather talk? Say when it suits you."
)";

template <class Each>
void each_table(const toml::table& table, std::string_view key, Each each) {
  if (const auto* found = table[key].as_table())
    for (const auto& [name, value] : *found)
      if (const auto* row = value.as_table()) each(std::string(name.str()), *row);
}

std::string text_of(const toml::table& row, std::string_view key) {
  return row[key].value_or(std::string{});
}

}  // namespace

Result<protocol::Handbook> read_handbook(const std::filesystem::path& path) {
  const auto file = read_toml(path);
  if (!file) return tl::unexpected(file.error());
  protocol::Handbook book;
  for (const auto& [name, value] : *file) {
    const auto* table = value.as_table();
    if (table == nullptr) continue;
    const std::string language(name.str());
    if (const auto* lists = (*table)["checklists"].as_table())
      for (const auto& [kind_name, ignored] : *lists) {
        const auto kind = rules::case_kind_named(kind_name.str());
        if (!kind)
          return bad(path, "there is no kind of case \"" + std::string(kind_name.str()) + "\"");
        book.checklists.push_back({*kind, language, strings(*lists, kind_name.str())});
      }
    each_table(*table, "glossary", [&](const std::string& key, const toml::table& row) {
      book.glossary.push_back({key, language, text_of(row, "term"), text_of(row, "meaning")});
    });
    each_table(*table, "snippets", [&](const std::string& key, const toml::table& row) {
      book.snippets.push_back({key, language, text_of(row, "title"), text_of(row, "text")});
    });
  }
  const auto by_key = [](const auto& a, const auto& b) {
    return std::tie(a.key, a.language) < std::tie(b.key, b.language);
  };
  std::sort(book.checklists.begin(), book.checklists.end(), [](const auto& a, const auto& b) {
    return std::tie(a.case_kind, a.language) < std::tie(b.case_kind, b.language);
  });
  std::sort(book.glossary.begin(), book.glossary.end(), by_key);
  std::sort(book.snippets.begin(), book.snippets.end(), by_key);
  if (!protocol::parse_handbook(protocol::encode_handbook(book)))
    return bad(path,
               "a key of a term or snippet has a-z, 0-9 and _, at most 32; and there may be " +
                   std::to_string(rules::kHandbookTextsMax) + " texts");
  return book;
}

Result<void> write_first_handbook(const std::filesystem::path& path) {
  return core::write_file(path, crypto::as_bytes(kFirst));
}

}  // namespace omzien::cli
