// What may be served at all is decided at start-up, by looking at the folder.
#include "gateway/http/site_folder.h"

#include <fstream>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

class SiteFolder : public ::testing::Test {
 protected:
  SiteFolder() {
    std::filesystem::create_directory(site());
    write("index.html", "<!doctype html>");
  }

  std::filesystem::path site() const { return folder_ / "site"; }
  std::filesystem::path outside(const char* name) const { return folder_ / name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(site() / name, std::ios::binary) << text;
  }

  SiteFiles read() const { return read_site_folder(site(), limits_); }
  std::string complaint() const {
    try {
      read();
    } catch (const SiteError& error) {
      return error.what();
    }
    return "none";
  }
  void expect_complaint(const std::string& about, const std::string& why) const {
    const auto said = complaint();
    EXPECT_NE(said.find(about), said.npos) << said;
    EXPECT_NE(said.find(why), said.npos) << said;
  }

  HttpLimits limits_;

 private:
  Folder folder_;
};

TEST_F(SiteFolder, IsReadWithTypesAndCodings) {
  write("app-B_1x.js", "code");
  write("app-B_1x.js.br", "b");
  write("app-B_1x.js.gz", "gz");
  const auto files = read();
  ASSERT_EQ(files.size(), 2U);
  const auto& app = files.find("app-B_1x.js")->second;
  EXPECT_EQ(app.type, "text/javascript; charset=utf-8");
  EXPECT_EQ(app.bytes.at(Coding::kIdentity), crypto::to_bytes("code"));
  EXPECT_EQ(app.bytes.at(Coding::kBrotli), crypto::to_bytes("b"));
  EXPECT_EQ(app.bytes.at(Coding::kGzip), crypto::to_bytes("gz"));
  EXPECT_EQ(files.find("index.html")->second.type, "text/html; charset=utf-8");
}

TEST_F(SiteFolder, NeedsAnIndex) {
  std::filesystem::remove(site() / "index.html");
  expect_complaint("site", "has no index.html");
}

TEST_F(SiteFolder, HasToBeThere) {
  std::filesystem::remove_all(site());
  expect_complaint("site", "No such file");
}

TEST_F(SiteFolder, LeadsNowhereElse) {
  std::ofstream(outside("secret.txt")) << "secret";
  std::filesystem::create_symlink(outside("secret.txt"), site() / "a.txt");
  expect_complaint("a.txt", "is a link");
  std::filesystem::remove(site() / "a.txt");
  std::filesystem::create_directory(site() / "a.txt");
  expect_complaint("a.txt", "is no file");
  std::filesystem::remove(site() / "a.txt");
  ASSERT_EQ(::mkfifo((site() / "a.txt").c_str(), 0600), 0);
  expect_complaint("a.txt", "is no file");
}

TEST_F(SiteFolder, HasOnlyKnownTypes) {
  for (const char* name : {"app.js.map", "key.pem", "a.wasm", "page.HTML", "archive.zip"}) {
    write(name, "x");
    expect_complaint(name, "has no type");
    std::filesystem::remove(site() / name);
  }
}

TEST_F(SiteFolder, HasOnlyPlainNames) {
  for (const char* name : {".htaccess", "a b.js", "LICENSE", "a..js", "a.js.", "é.js", "a%2e.js"}) {
    write(name, "x");
    expect_complaint(name, "is no name");
    std::filesystem::remove(site() / name);
  }
  EXPECT_FALSE(is_site_name(""));
  EXPECT_FALSE(is_site_name("a/b.js"));
  EXPECT_FALSE(is_site_name(std::string(126, 'a') + ".js"));
  EXPECT_TRUE(is_site_name(std::string(125, 'a') + ".js"));
}

TEST_F(SiteFolder, HasNoCodedFileByItself) {
  write("gone.js.br", "b");
  expect_complaint("gone.js.br", "stands beside no file");
}

TEST_F(SiteFolder, IsBounded) {
  write("a.js", std::string(1'000, 'a'));
  limits_.site_bytes_max = 1'015;  // with the index
  EXPECT_EQ(complaint(), "none");
  limits_.site_bytes_max = 1'014;
  expect_complaint("site", "site_bytes_max");
  limits_ = {};
  limits_.site_files_max = 2;
  EXPECT_EQ(complaint(), "none");
  limits_.site_files_max = 1;
  expect_complaint("site", "site_files_max");
}

}  // namespace
}  // namespace omzien::gateway::http::testing
