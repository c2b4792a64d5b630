#include "planner/cli/ledger_options.h"

#include <fmt/format.h>

#include "parsers/work_order.h"

namespace planner::cli {

void add_duration(CLI::App& app, const char* name, std::int64_t& ms, bool zero, const char* help) {
  app.add_option_function<std::string>(
         name, [&ms](const std::string& word) { ms = parsers::parse_estimate(word).value_or(0) * 1000; }, help)
      ->check([zero](const std::string& word) {
        const auto seconds = parsers::parse_estimate(word);
        if (zero && (word == "0" || word == "0s")) return std::string();
        if (seconds && *seconds * 1000 <= app::most_ttl_ms) return std::string();
        return fmt::format("takes a duration like 90s, 15m or 2h, at most 720h, not \"{}\"", word);
      })
      ->option_text("DURATION");
}

void add_agent(CLI::App& app, std::string& agent) {
  app.add_option("--agent", agent, "Name of the session, for people; the fence is what identifies it")
      ->option_text("NAME");
}

void add_ttl(CLI::App& app, std::int64_t& ms, const char* help) { add_duration(app, "--ttl", ms, false, help); }

void add_fence(CLI::App& app, Fence& fence, bool required) {
  app.add_option("--fence", fence, "The number the grant came with")->option_text("N")->required(required);
}

void add_held(CLI::App& app, app::Held& held) {
  app.add_option("CLAIM-ID", held.claim, "The claim, as the grant named it")->required();
  add_fence(app, held.fence, true);
}

ExitCode tell(const Common& common, const app::Answer<ClaimAnswer>& told) {
  if (!told) return fail(told.error());
  const std::string text = common.format == Format::json ? report::json(*told) : report::text(*told, style(common));
  return answer(common, told->reading, parsers::Severity::warning, text, action_if(!told->granted));
}

}  // namespace planner::cli
