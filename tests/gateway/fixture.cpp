#include "tests/gateway/fixture.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "storage/sqlcipher/store.h"

namespace omzien::gateway {

ScratchFolder::ScratchFolder() {
  auto name = (std::filesystem::temp_directory_path() / "omzien-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void ScratchFolder::write(const char* name, crypto::ByteView bytes) const {
  std::ofstream(path_ / name, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

GatewayTest::GatewayTest() {
  crypto::initialise();
  folder_.write("bundle", organisation_.bundle());
}

People& GatewayTest::people() {
  if (!people_)
    people_ = std::make_unique<People>(
        folder_ / "bundle", organisation_.service(),
        static_cast<protocol::Day>(clock_.seconds() / kSecondsPerDay), log_);
  return *people_;
}

ExchangeService& GatewayTest::gateway() {
  if (!gateway_) {
    const crypto::Bytes beacon_key(32, 7);
    gateway_ =
        std::make_unique<ExchangeService>(ExchangeService::Parts{*store_, people(), clock_, log_},
                                          *storage::BeaconKey::from(beacon_key), limits_, pace_);
  }
  return *gateway_;
}

kit::Asking& GatewayTest::client() {
  if (!client_) client_ = std::make_unique<kit::Asking>(gateway(), organisation_.service());
  return *client_;
}

void GatewayTest::restart() {
  client_.reset();
  gateway_.reset();
  people_.reset();
}

kit::CaseBuilder GatewayTest::opened_case(std::string_view seed) {
  auto made = new_case(seed);
  made.on(kToday);
  EXPECT_EQ(client().open(made.opening({"mieke", "youssef"}), made.owner()).status, Status::kDone);
  return made;
}

void GatewayTest::store_in(const ScratchFolder& folder) {
  storage::sqlcipher::OpenOptions options;
  options.path = folder / "store.db";
  store_ = std::move(storage::sqlcipher::open(options, data_key()).value());
}

storage::DataKey GatewayTest::data_key() {
  return *storage::DataKey::from(crypto::Bytes(storage::DataKey::kSize, 9));
}

void GatewayTest::publish_directory() {
  organisation_.next_version();
  folder_.write("bundle", organisation_.bundle());
  gateway().tend();
}

}  // namespace omzien::gateway
