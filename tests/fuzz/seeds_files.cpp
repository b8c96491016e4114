// Files that an operator or a disk hands over, and headers from a socket.
#include "storage/data_key.h"
#include "storage/tombstones.h"
#include "tests/fuzz/seeds.h"

namespace omzien::fuzz {

using crypto::Bytes;

void add_storage(const Corpus& corpus) {
  crypto::FixedRandom random("storage");
  const auto secret = *storage::KeyFileSecret::from(Bytes(32, 7));
  const auto key = *storage::DataKey::from(Bytes(32, 9));
  corpus.add("store_keys", "data-key", storage::wrap_data_key(key, secret, random));
  corpus.add("store_keys", "key-file", "omzien gateway key 1\n" + std::string(64, 'a') + "\n");
  Bytes tombstones = crypto::to_bytes("omzien deleted1\n");
  tombstones.resize(16 + 64, 5);
  corpus.add("tombstones", "two", tombstones);
}

void add_texts(const Corpus& corpus) {
  corpus.add("config", "whole",
             "[store]\nengine = \"sqlcipher\"\npath = \"store.db\"\nkey_file = "
             "\"key\"\n[directory]\npath = \"d\"\n"
             "service_id = \"" +
                 std::string(64, 'a') +
                 "\"\n[listen]\nreporter = \"127.0.0.1:0\"\ndesk = \"unix:/x\"\n"
                 "health = \"[::1]:3\"\n[limits]\nheader_bytes_max = 4096\nidle_ms_max = "
                 "5000\n[pace]\nseconds_min = 2.5\n"
                 "seconds_max = 9\nanswer_tick_ms = 100\n[log]\nlevel = \"info\"\n");
  for (const auto* endpoint :
       {"unix:/run/omzien", "127.0.0.1:8420", "[::1]:1", "tls:127.0.0.1:8443", "10.0.0.1:443"})
    corpus.add("config", std::to_string(std::string_view(endpoint).size()), endpoint);
  corpus.add("org", "whole",
             "url = \"https://omzien.example\"\nservice_id = \"" + std::string(64, 'b') +
                 "\"\ntls_pin = \"sha256//" + std::string(43, 'A') +
                 "=\"\nproxy = \"socks5h://127.0.0.1:9050\"\n");
  corpus.add("gate_header", "exchange",
             "POST /v1/exchange HTTP/1.1\r\nHost: omzien.example\r\nContent-Type: "
             "application/octet-stream\r\n"
             "Content-Length: 16384\r\nConnection: close\r\n\r\n");
  corpus.add("gate_header", "page",
             "GET /index.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0.5, br\r\nUser-Agent: "
             "x\r\n\r\n");
  corpus.add("gate_header", "chunked",
             "POST /v1/exchange HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: "
             "100-continue\r\n\r\n");
  corpus.add("gate_header", "health", "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
}

}  // namespace omzien::fuzz
