// What a file is known by: its name as others see it, and the secrets that are its own.
#include "clients/core/attachment.h"
#include "crypto/open/file_secrets.h"
#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

TEST(ShownName, IsNoPathAndSteersNoTerminal) {
  const auto shown = [](const char* name) {
    AttachedFile file;
    file.name = name;
    return shown_name(file);
  };
  EXPECT_EQ(shown("foto's van maandag.jpg"), "foto's van maandag.jpg");
  EXPECT_EQ(shown("../../etc/passwd"), "passwd");
  EXPECT_EQ(shown("C:\\temp\\x.txt"), "x.txt");
  EXPECT_EQ(shown("..."), "file");
  EXPECT_EQ(shown(".bashrc"), "bashrc");
  EXPECT_EQ(shown("a\x1b[2Jb\n\x7f"), "a[2Jb");
  EXPECT_EQ(shown("a\xc2\x9b"
                  "c"),
            "ac");
  EXPECT_EQ(shown("foto\xe2\x80\xaegpj.exe"), "fotogpj.exe");
  EXPECT_EQ(shown("x\xd8\x9cy\xe2\x80\xa8z\xe2\x80\xa9.txt"), "xyz.txt");
  EXPECT_EQ(shown("caf\xc3\xa9 \xf0\x9f\x8c\xa7.png"), "caf\xc3\xa9 \xf0\x9f\x8c\xa7.png");
}

TEST(FileSecrets, AreOneFileOfOneAuthorInOnePlace) {
  crypto::initialise();
  crypto::FixedRandom random("secrets");
  const auto key = crypto::random_key<crypto::LocalKey>(random);
  const auto other_key = crypto::random_key<crypto::LocalKey>(random);
  const auto handle = crypto::random_value<protocol::Handle>(random);
  const auto other_handle = crypto::random_value<protocol::Handle>(random);
  const auto digest = crypto::sha256(crypto::as_bytes("a"));
  const auto other_digest = crypto::sha256(crypto::as_bytes("b"));
  const auto made = crypto::file_secrets(key, handle, 1, 1, digest);
  EXPECT_EQ(crypto::file_secrets(key, handle, 1, 1, digest).upload_id, made.upload_id);
  for (const auto& other : {crypto::file_secrets(other_key, handle, 1, 1, digest),
                            crypto::file_secrets(key, other_handle, 1, 1, digest),
                            crypto::file_secrets(key, handle, 4, 1, digest),
                            crypto::file_secrets(key, handle, 1, 2, digest),
                            crypto::file_secrets(key, handle, 1, 1, other_digest)}) {
    EXPECT_NE(other.upload_id, made.upload_id);
    EXPECT_FALSE(crypto::constant_time_equal(other.key.reveal(), made.key.reveal()));
  }
  EXPECT_EQ(crypto::stream_chunks(rules::kFileBytesMax), rules::kChunksPerFileMax);
}

}  // namespace
}  // namespace omzien::core
