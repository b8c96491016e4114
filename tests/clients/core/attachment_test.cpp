// Files, from one disk to another: cut anywhere, altered anyhow.
#include "clients/core/attachment.h"

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "crypto/open/file_secrets.h"
#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

using rules::OperationKind;
using Fault = Wire::Fault;

constexpr std::size_t kFileBytes = 100'000;  // 7 chunks

class Attachments : public ClientTest {
 protected:
  void SetUp() override {
    ClientTest::SetUp();
    report(owner_);
    path_ = scratch_ / "foto's van maandag.jpg";
    bytes_ = random_bytes(kFileBytes);
    put(path_, bytes_);
  }

  crypto::Bytes random_bytes(std::size_t size) {
    crypto::Bytes bytes(size);
    random_.fill(bytes);
    return bytes;
  }
  static void put(const std::filesystem::path& path, const crypto::Bytes& bytes) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }

  Result<AttachedNow> attach(const Identity& self, const std::filesystem::path& path,
                             Compartment compartment = Compartment::kStory,
                             protocol::FrameSize size = protocol::FrameSize::kSmall) {
    auto connection = connect(size);
    const auto kept = folder();
    return Attaching(connection, self, kept, random_).attach(owner_.handle(), compartment, path);
  }

  // What the reader's disk holds afterwards.
  Result<crypto::Bytes> save(const Identity& self, std::size_t number = 1,
                             protocol::FrameSize size = protocol::FrameSize::kSmall) {
    auto connection = connect(size);
    const auto opened = fetch_case(connection, owner_.handle(), self);
    if (!opened) return tl::unexpected(opened.error());
    const auto files = files_of(*opened);
    const auto out = scratch_ / "out";
    std::filesystem::remove(out);
    if (number > files.size()) return fail(ErrorKind::kBadInput, "no such file");
    if (auto saved = save_file(connection, self, *opened, files[number - 1], out); !saved)
      return tl::unexpected(saved.error());
    return read_file(out, rules::kFileBytesMax);
  }
  std::size_t count_puts(std::function<void()> work) {
    std::size_t puts = 0;
    wire_->lie = [&](protocol::Request& request, protocol::Response&) {
      for (const auto& operation : request.operations)
        puts += operation.kind == OperationKind::kPutChunk;
    };
    work();
    wire_->lie = nullptr;
    return puts;
  }
  void expect_nothing_saved() {
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "out"));
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "out.part"));
  }
  // An answer to get_chunk, changed before the client sees it.
  void lie_about_chunks(std::function<void(std::uint32_t index, crypto::Bytes& bytes)> change) {
    wire_->lie = [change](protocol::Request& request, protocol::Response& response) {
      for (std::size_t i = 0; i < request.operations.size(); ++i) {
        if (request.operations[i].kind != OperationKind::kGetChunk) continue;
        const auto ask = *protocol::parse<protocol::GetChunk>(request.operations[i].body);
        auto chunk = *protocol::parse<protocol::Chunk>(response.results[i].body);
        change(ask.index, chunk.bytes);
        response.results[i].body = encode(chunk);
      }
    };
  }

  Reporter owner_ = reporter();
  std::filesystem::path path_;
  crypto::Bytes bytes_;
};

// Killed half-way, the program would leave what it had opened so far.
TEST_F(Attachments, NothingOfAFileIsThereBeforeItIsWhole) {
  const int nameless = ::open(path_.parent_path().c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (nameless < 0) GTEST_SKIP() << "a file system without nameless files";
  ::close(nameless);
  ASSERT_TRUE(attach(owner_, path_));
  int looked = 0;
  wire_->lie = [&](protocol::Request& request, protocol::Response&) {
    if (request.operations.empty() || request.operations[0].kind != OperationKind::kGetChunk)
      return;
    expect_nothing_saved();
    ++looked;
  };
  const auto saved = save(owner_);
  wire_->lie = nullptr;
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_GT(looked, 1);
  EXPECT_EQ(*saved, bytes_);
}

TEST_F(Attachments, AFileComesBackByteForByteToThoseWhoMayReadTheStory) {
  for (const std::size_t size : {0u, 1u, 15'352u, 15'353u, 400'000u}) {
    bytes_ = random_bytes(size);
    put(path_, bytes_);
    const auto frame = size > 100'000 ? protocol::FrameSize::kLarge : protocol::FrameSize::kSmall;
    const auto attached = attach(owner_, path_, Compartment::kStory, frame);
    ASSERT_TRUE(attached) << attached.error().message;
    EXPECT_EQ(attached->file.media_type, "image/jpeg");
    const auto number = files_of(*open(owner_, owner_.handle())).size();
    for (const auto* name : {"mieke", "youssef"}) {
      const auto saved = save(member(name), number, frame);
      ASSERT_TRUE(saved) << saved.error().message;
      EXPECT_EQ(*saved, bytes_);
    }
    EXPECT_EQ(*save(owner_, number), bytes_);
  }
  EXPECT_FALSE(save(member("anouk")));
  EXPECT_TRUE(PendingFiles::load(folder(), owner_)->files().empty());
}

TEST_F(Attachments, AnAdvisersFileReachesTheReporter) {
  const auto attached = attach(member("mieke"), path_, Compartment::kTalk);
  ASSERT_TRUE(attached) << attached.error().message;
  EXPECT_EQ(*save(owner_), bytes_);
  const auto refused = attach(member("mieke"), path_, Compartment::kStory);
  ASSERT_FALSE(refused) << "the story is the reporter's";
}

TEST_F(Attachments, CutOffAtAnyFrameItGoesOnAndStandsOnce) {
  for (const auto fault : {Fault::kLostRequest, Fault::kLostAnswer}) {
    for (int after = 0; after < 12; ++after) {
      bytes_ = random_bytes(kFileBytes);
      put(path_, bytes_);
      const auto before = files_of(*open(owner_, owner_.handle())).size();
      {
        auto connection = connect();
        wire_->cut(fault, after);
        const auto kept = folder();
        const auto cut = Attaching(connection, owner_, kept, random_)
                             .attach(owner_.handle(), Compartment::kStory, path_);
        if (!cut) {
          EXPECT_EQ(cut.error().kind, ErrorKind::kUnreachable);
          EXPECT_EQ(PendingFiles::load(folder(), owner_)->files().size(), 1u);
        }
        wire_->cut(Fault::kNone);
      }
      auto connection = connect();
      const auto kept = folder();
      const auto resumed = Attaching(connection, owner_, kept, random_).attach_waiting();
      ASSERT_TRUE(resumed) << resumed.error().message;
      const auto files = files_of(*open(owner_, owner_.handle())).size();
      ASSERT_EQ(files, before + 1) << "cut after " << after;
      EXPECT_EQ(*save(member("mieke"), files), bytes_);
      EXPECT_TRUE(PendingFiles::load(folder(), owner_)->files().empty());
    }
  }
}

TEST_F(Attachments, GoingOnSendsWhatIsMissingAndNotTheRestAgain) {
  {
    auto connection = connect();
    wire_->cut(Fault::kLostRequest, 6);  // the log, then chunks 0 to 4
    const auto kept = folder();
    ASSERT_FALSE(Attaching(connection, owner_, kept, random_)
                     .attach(owner_.handle(), Compartment::kStory, path_));
  }
  // Another device: nothing of this one's folder is needed.
  std::filesystem::remove_all(scratch_ / "state");
  const auto puts = count_puts([&] { ASSERT_TRUE(attach(owner_, path_)); });
  EXPECT_EQ(puts, 3u) << "the first, whose answer says what is there, and the last two";
  EXPECT_EQ(*save(member("mieke")), bytes_);
}

TEST_F(Attachments, AFileThatChangedMeanwhileIsAnotherUpload) {
  {
    auto connection = connect();
    wire_->cut(Fault::kLostRequest, 4);
    const auto kept = folder();
    ASSERT_FALSE(Attaching(connection, owner_, kept, random_)
                     .attach(owner_.handle(), Compartment::kStory, path_));
  }
  bytes_[50'000] ^= 1;
  put(path_, bytes_);
  {
    auto connection = connect();
    const auto kept = folder();
    const auto waiting = Attaching(connection, owner_, kept, random_).attach_waiting();
    ASSERT_FALSE(waiting);
    EXPECT_EQ(waiting.error().kind, ErrorKind::kBadInput);
  }
  const auto puts = count_puts([&] { ASSERT_TRUE(attach(owner_, path_)); });
  EXPECT_EQ(puts, 7u);
  EXPECT_EQ(*save(member("mieke")), bytes_);
  EXPECT_TRUE(PendingFiles::load(folder(), owner_)->files().empty());
}

TEST_F(Attachments, AFileThatChangesWhileItIsSentIsNotSealedFurther) {
  const auto scanned = ScannedFile::scan(path_);
  ASSERT_TRUE(scanned);
  ASSERT_TRUE(scanned->chunk_data(3));
  auto altered = bytes_;
  altered[crypto::stream_offset(3) + 7] ^= 1;
  put(path_, altered);
  const auto refused = scanned->chunk_data(3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kBadInput);
  EXPECT_TRUE(scanned->chunk_data(2));
  std::filesystem::resize_file(path_, 10);
  EXPECT_FALSE(scanned->chunk_data(2));
}

TEST_F(Attachments, TheSameFileAgainIsTheOneThatStandsThere) {
  ASSERT_TRUE(attach(owner_, path_));
  const auto puts = count_puts([&] {
    const auto again = attach(owner_, path_);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->already);
  });
  EXPECT_EQ(puts, 0u);
  EXPECT_EQ(files_of(*open(owner_, owner_.handle())).size(), 1u);
  ASSERT_TRUE(attach(owner_, path_, Compartment::kTalk)) << "for other readers it is another";
}

TEST_F(Attachments, ChunksDroppedForTheirAgeAreSentAgain) {
  {
    auto connection = connect();
    wire_->cut(Fault::kLostRequest, 4);
    const auto kept = folder();
    ASSERT_FALSE(Attaching(connection, owner_, kept, random_)
                     .attach(owner_.handle(), Compartment::kStory, path_));
  }
  clock_.advance((rules::kStagedChunkDays + 1) * gateway::kSecondsPerDay);
  gateway().tend();
  { auto connection = connect(); }
  for (int i = 0; i < 400 && log_.text().find("dropped") == std::string::npos; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  ASSERT_TRUE(attach(owner_, path_));
  EXPECT_EQ(*save(member("mieke")), bytes_);
}

TEST_F(Attachments, AChunkThatWasAlteredSwappedOrCutSavesNothing) {
  ASSERT_TRUE(attach(owner_, path_));
  crypto::Bytes first;
  const std::function<void(std::uint32_t, crypto::Bytes&)> lies[] = {
      [](std::uint32_t index, crypto::Bytes& bytes) {
        if (index == 4) bytes[99] ^= 1;
      },
      [&](std::uint32_t index, crypto::Bytes& bytes) {
        if (index == 0) first = bytes;
        if (index == 5) bytes = first;
      },
      [](std::uint32_t index, crypto::Bytes& bytes) {
        if (index == 6) bytes.pop_back();
      },
      [](std::uint32_t index, crypto::Bytes& bytes) {
        if (index == 6) bytes.clear();
      }};
  for (const auto& lie : lies) {
    lie_about_chunks(lie);
    const auto saved = save(member("mieke"));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::kVerification);
    expect_nothing_saved();
  }
  wire_->lie = nullptr;
  EXPECT_EQ(*save(member("mieke")), bytes_);
}

// Every chunk is genuine, and yet it is not what the event describes: who attached it lied.
TEST_F(Attachments, AFileThatIsNotTheOneThatWasDescribedSavesNothing) {
  ASSERT_TRUE(attach(owner_, path_));
  auto connection = connect();
  const auto mieke = member("mieke");
  const auto opened = *fetch_case(connection, owner_.handle(), mieke);
  auto found = files_of(opened)[0];
  const auto true_file = *found.file;
  auto file = true_file;
  found.file = &file;
  file.sha256.data()[0] ^= 1;
  const auto of_another_hash = save_file(connection, mieke, opened, found, scratch_ / "out");
  ASSERT_FALSE(of_another_hash);
  EXPECT_EQ(of_another_hash.error().kind, ErrorKind::kVerification);
  expect_nothing_saved();
  file = true_file;
  ++file.size;
  EXPECT_FALSE(save_file(connection, mieke, opened, found, scratch_ / "out"));
  expect_nothing_saved();
}

TEST_F(Attachments, AnAnswerThatIsLostWhileFetchingSavesNothing) {
  ASSERT_TRUE(attach(owner_, path_));
  auto connection = connect();
  const auto mieke = member("mieke");
  const auto opened = *fetch_case(connection, owner_.handle(), mieke);
  const auto files = files_of(opened);
  wire_->cut(Fault::kLostAnswer, 3);
  const auto saved = save_file(connection, mieke, opened, files[0], scratch_ / "out");
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().kind, ErrorKind::kUnreachable);
  expect_nothing_saved();
}

TEST_F(Attachments, WhatStandsAtTheDestinationIsLeftAsItIs) {
  ASSERT_TRUE(attach(owner_, path_));
  auto connection = connect();
  const auto opened = *fetch_case(connection, owner_.handle(), owner_);
  put(scratch_ / "out", {1, 2, 3});
  const auto saved = save_file(connection, owner_, opened, files_of(opened)[0], scratch_ / "out");
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().kind, ErrorKind::kBadInput);
  EXPECT_EQ(*read_file(scratch_ / "out", 100), (crypto::Bytes{1, 2, 3}));
}

TEST_F(Attachments, AnEventThatNamesOtherUploadsThanItsHeaderIsAnAlarm) {
  ASSERT_TRUE(attach(owner_, path_));
  auto log = fetch(owner_, owner_.handle());
  const auto opened = *open(owner_, owner_.handle());
  const auto secrets = crypto::file_secrets(owner_.local_key(), owner_.handle(), 4, 1,
                                            crypto::sha256(crypto::as_bytes("x")));
  AttachedFile file{"x",
                    "text/plain",
                    1,
                    crypto::sha256(crypto::as_bytes("x")),
                    secrets.upload_id,
                    1,
                    std::make_shared<const crypto::FileKey>(secrets.key.copy())};
  Place place{opened.chain, gateway::kToday, organisation_.directory().hash()};
  const EventTarget target{Compartment::kTalk, 1, rules::Milestone::kNone, false};
  auto sealed = seal_event(owner_, place, target, Attachment{{file}},
                           opened.keys.at({Compartment::kTalk, 1}), *opened.share, random_);
  // The same payload under a header that names another upload.
  auto& named = std::get<protocol::Event>(sealed.header.fields).files;
  named[0].upload_id.data()[0] ^= 1;
  const auto header = protocol::encode_header(sealed.header);
  const auto signature = owner_.signing_key().sign(rules::kTagEntrySignature, header);
  log.entries.push_back(
      {header, signature.to_bytes(), rules::PayloadState::kInline, sealed.payload});
  const auto seen = open_log(log, owner_.handle(), owner_, organisation_.directory());
  ASSERT_TRUE(seen) << seen.error().message;
  ASSERT_EQ(seen->alarms.size(), 1u);
  EXPECT_EQ(seen->alarms[0].kind, AlarmKind::kAltered);
  EXPECT_EQ(files_of(*seen).size(), 1u);
}

TEST_F(Attachments, WhatIsNoFileIsToldBeforeAnythingIsSent) {
  for (const auto& path : {scratch_ / "nowhere", scratch_ / "state"}) {
    const auto frames = wire_->frames;
    const auto refused = ScannedFile::scan(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kBadInput);
    EXPECT_EQ(wire_->frames, frames);
  }
  std::ofstream(scratch_ / "large").flush();
  std::filesystem::resize_file(scratch_ / "large", rules::kFileBytesMax + 1);
  EXPECT_FALSE(ScannedFile::scan(scratch_ / "large"));
}

TEST_F(Attachments, WhatIsRememberedOnDiskShowsNoNameOfIt) {
  {
    auto connection = connect();
    wire_->cut(Fault::kLostRequest, 3);
    const auto kept = folder();
    ASSERT_FALSE(Attaching(connection, owner_, kept, random_)
                     .attach(owner_.handle(), Compartment::kStory, path_));
  }
  for (const auto& entry : std::filesystem::directory_iterator(scratch_ / "state")) {
    const auto bytes = *read_file(entry.path(), 1 << 20);
    const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    EXPECT_EQ(all.find("maandag"), std::string_view::npos);
  }
}

}  // namespace
}  // namespace omzien::core
