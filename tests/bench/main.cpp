// `omzien-bench`: measures, prints figures as JSON, judges nothing.
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

#include "crypto/verify/secret.h"
#include "tests/bench/parts.h"

namespace {

using namespace omzien;

int run(int argc, char** argv) {
  CLI::App app{"Measures Omzien's gateway; tests/bench/README.md says what and how."};
  app.require_subcommand(1);
  nlohmann::json figures;

  bench::ReportsOptions reports;
  auto* command = app.add_subcommand("reports", "acknowledged reports per second");
  command->add_option("--folder", reports.folder, "scratch folder")->required();
  command->add_option("--reports", reports.reports)->capture_default_str();
  command->add_option("--rounds", reports.rounds)->capture_default_str();
  command->add_option("--clients-only", reports.clients_only, "only the gateway, for a profile");
  command->callback([&] { figures = bench::measure_reports(reports); });

  bench::GrowthOptions growth;
  growth.stores.cases = {1'000, 100'000, 1'000'000};
  const auto stores = [&growth](CLI::App* of) {
    of->add_option("--folder", growth.stores.folder, "where the stores stand")->required();
    of->add_option("--cases", growth.stores.cases)->capture_default_str();
  };
  command = app.add_subcommand("fill", "stores of several sizes, for growth");
  stores(command);
  command->callback([&] { figures = bench::fill_stores(growth.stores); });
  command = app.add_subcommand("growth", "operations in each of those stores");
  stores(command);
  command->add_option("--rounds", growth.rounds)->capture_default_str();
  command->add_option("--operations", growth.operations)->capture_default_str();
  command->callback([&] { figures = bench::measure_growth(growth); });

  std::string folder;
  command = app.add_subcommand("organisation", "writes the directory of the invented organisation");
  command->add_option("--folder", folder)->required();
  command->callback([&] { figures = bench::write_organisation(folder); });

  bench::ConnectionsOptions connections;
  command = app.add_subcommand("connections", "new TLS connections per second");
  command->add_option("--port", connections.port, "of 127.0.0.1")->required();
  command->add_option("--clients", connections.clients)->capture_default_str();
  command->add_option("--seconds", connections.seconds)->capture_default_str();
  command->callback([&] { figures = bench::measure_connections(connections); });

  bench::PagesOptions pages;
  command = app.add_subcommand("pages", "open pages over TLS, in the announced rhythm");
  command->add_option("--port", pages.port, "of 127.0.0.1")->required();
  command->add_option("--pages", pages.pages)->capture_default_str();
  command->add_option("--seconds", pages.seconds)->capture_default_str();
  command->add_option("--opening-at-once", pages.opening_at_once)->capture_default_str();
  command->add_option("--pace-ms", pages.pace_ms, "instead of the announced one");
  command->add_option("--tick-ms", pages.tick_ms)->capture_default_str();
  command->add_option("--reports-per-hour", pages.reports_per_hour)->capture_default_str();
  command->add_option("--server-pid", pages.server_pid, "whose memory and time are looked at");
  command->callback([&] { figures = bench::measure_pages(pages); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  std::cout << figures.dump(1) << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    crypto::initialise();
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "omzien-bench: " << error.what() << '\n';
    return 1;
  }
}
