#include "planner/app/record.h"
#include "planner/app/verify.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"

namespace planner::cli {
namespace {

struct Asked {
  app::VerifyRequest request;
  bool fail_on_warning = false;
  bool record = false, start = false;
};

ExitCode keep(const Common& common, app::World& world, const Asked& asked) {
  const app::VerifyRequest& said = asked.request;
  if (common.format != Format::text && common.format != Format::json)
    return fail(Error{Error::Kind::input, "--record answers as text or json", "see: interlock verify --help"});
  const auto recorded =
      app::record(world, {said.orders, said.work_orders, said.session, said.worktree, said.base, asked.start});
  if (!recorded) return fail(recorded.error());
  return answer(common, recorded->reading, parsers::Severity::warning,
                common.format == Format::json ? report::json(*recorded) : report::text(*recorded), ExitCode::clean);
}

ExitCode tell(const Common& common, app::World& world, const Asked& asked) {
  if (asked.record) return keep(common, world, asked);
  if (asked.request.orders.orders.empty())
    return fail(Error{Error::Kind::input, "ORDERS is required", "see: interlock verify --help"});
  const auto verified = app::verify(world, asked.request);
  if (!verified) return fail(verified.error());
  const FindingSeverity worst = asked.fail_on_warning ? FindingSeverity::warning : FindingSeverity::error;
  return answer(common, verified->reading, parsers::Severity::warning,
                formatted_findings(common, *verified, worst, [&] { return report::text(*verified, style(common)); }),
                action_if(any(verified->findings, worst)));
}

}  // namespace

void add_verify(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("verify", "Hold the real changes against what was declared");
  const auto asked = std::make_shared<Asked>();
  app::VerifyRequest& request = asked->request;
  add_orders(*verb, request.orders);
  verb->get_option("ORDERS")->required(false);  // --record --session NAME needs none
  verb->add_option("--work-order", request.work_orders,
                   "The order(s) the work was done under, judged against their union")
      ->option_text("ID")
      ->allow_extra_args(false)
      ->take_all();
  verb->add_option("--base", request.base, "Where the work starts (default: the merge base with the target)")
      ->option_text("REV");
  verb->add_option("--head", request.head, "Where the work ends (default: HEAD)")->option_text("REV");
  verb->add_option("--branch", request.branch, "The branch the work was done on, where the head does not say it")
      ->option_text("NAME");
  verb->add_option("--worktree", request.worktree, "Judge this work tree, uncommitted and untracked files included")
      ->option_text("DIR");
  verb->add_option("--map", request.maps, "ID=REV or ID=BASE..HEAD, repeatable: the work of many orders")
      ->option_text("MAP")
      ->allow_extra_args(false)
      ->take_all();
  verb->add_flag("--branches", request.branches, "The work of every order whose branch exists")
      ->excludes("--work-order")
      ->excludes("--base")
      ->excludes("--head")
      ->excludes("--branch")
      ->excludes("--worktree")
      ->excludes("--map");
  CLI::Option* record =
      verb->add_flag("--record", asked->record, "Keep what the session has produced so far, and judge nothing");
  verb->add_flag("--start", asked->start, "The session begins: what is dirty now is somebody else's")->needs(record);
  verb->add_option("--session", request.session, "The session that is recorded, or whose record is judged")
      ->option_text("NAME");
  for (const char* other : {"--head", "--map", "--branches"}) record->excludes(other);
  verb->add_option("--orders-at", request.orders_at, "Read orders and configuration from this revision")
      ->option_text("REV");
  static const std::map<std::string, parsers::Policy> policies{{"observe", parsers::Policy::observe},
                                                               {"protect", parsers::Policy::protect},
                                                               {"strict", parsers::Policy::strict}};
  add_choice(*verb, "--policy", policies, "POLICY", "observe, protect or strict (default: interlock.yaml, else strict)",
             [asked](parsers::Policy p) { asked->request.policy = p; });
  static const std::map<std::string, bool> severities{{"error", false}, {"warning", true}};
  add_choice(*verb, "--fail-on", severities, "SEVERITY", "error (default) or warning",
             [asked](bool warning) { asked->fail_on_warning = warning; });
  add_approved_plan(*verb, request.orders);
  add_common(*verb, call.common, finding_formats);
  add_brief(*verb, call.common);
  verb->callback([asked, &call] {
    call.run = [asked](const Common& common) {
      return in_world(common, Needs::git, [&](app::World& world) { return tell(common, world, *asked); });
    };
  });
}

}  // namespace planner::cli
