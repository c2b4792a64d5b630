#include "planner/report/hook_answer.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace planner::report {
namespace {

using Json = nlohmann::ordered_json;
using parsers::HookAgent;
using parsers::HookMoment;

constexpr std::size_t most_reasons = 10;
constexpr std::size_t most_bytes = 4096;

/// Claude Code, and Codex after it. No "allow": it would take the place of the user's own permissions.
Json claude(HookMoment moment, const std::string& event, GuardDecision decision, const std::string& text) {
  if (decision == GuardDecision::allow) return Json::object();
  if (moment == HookMoment::approve) {
    if (decision != GuardDecision::deny) return {{"systemMessage", text}};
    return {
        {"hookSpecificOutput", {{"hookEventName", event}, {"decision", {{"behavior", "deny"}, {"message", text}}}}}};
  }
  if (decision == GuardDecision::advise)
    return {{"hookSpecificOutput", {{"hookEventName", event}, {"additionalContext", text}}}};
  if (moment == HookMoment::after) return {{"decision", "block"}, {"reason", text}};
  return {{"hookSpecificOutput",
           {{"hookEventName", event},
            {"permissionDecision", decision == GuardDecision::ask ? "ask" : "deny"},
            {"permissionDecisionReason", text}}}};
}

Json gemini(HookMoment moment, const std::string& event, GuardDecision decision, const std::string& text) {
  if (decision == GuardDecision::allow) return Json::object();
  if (moment == HookMoment::after)  // a denial would hide what the tool answered
    return {{"hookSpecificOutput", {{"hookEventName", event}, {"additionalContext", text}}}};
  if (decision == GuardDecision::deny) return {{"decision", "deny"}, {"reason", text}};
  return {{"systemMessage", text}};
}

Json copilot(HookMoment moment, GuardDecision decision, const std::string& text) {
  if (decision == GuardDecision::allow) return Json::object();
  if (moment == HookMoment::approve && decision == GuardDecision::deny)
    return {{"behavior", "deny"}, {"message", text}};
  if (moment == HookMoment::before && decision != GuardDecision::advise)
    return {{"permissionDecision", decision == GuardDecision::ask ? "ask" : "deny"},
            {"permissionDecisionReason", text}};
  return {{"additionalContext", text}};
}

/// Cursor takes an answer without "permission" for a broken hook.
Json cursor(HookMoment moment, GuardDecision decision, const std::string& text) {
  if (moment == HookMoment::other) return Json::object();
  if (moment == HookMoment::after)
    return decision == GuardDecision::allow ? Json::object() : Json{{"additional_context", text}};
  if (decision == GuardDecision::allow) return {{"permission", "allow"}};
  if (decision == GuardDecision::advise) return {{"permission", "allow"}, {"agent_message", text}};
  return {
      {"permission", decision == GuardDecision::ask ? "ask" : "deny"}, {"user_message", text}, {"agent_message", text}};
}

/// Our own plugin reads this.
Json opencode(GuardDecision decision, const std::string& text) {
  if (decision == GuardDecision::allow) return {{"decision", "allow"}};
  return {{"decision", decision == GuardDecision::deny ? "deny" : "advise"}, {"message", text}};
}

}  // namespace

bool may_ask(HookAgent agent, HookMoment moment) {
  return moment == HookMoment::before &&
         (agent == HookAgent::claude || agent == HookAgent::copilot || agent == HookAgent::cursor);
}

std::string guard_text(const std::vector<GuardReason>& reasons) {
  std::string out;
  std::size_t shown = 0;
  for (const GuardReason& reason : reasons) {
    std::string line =
        fmt::format("interlock: {} [{}]", parsers::printable(reason.finding.message), reason.finding.rule);
    if (!reason.remedy.empty()) line += fmt::format("\n  {}", parsers::printable(reason.remedy));
    if (shown == most_reasons || (shown > 0 && out.size() + line.size() > most_bytes)) break;
    out += (out.empty() ? "" : "\n") + line;
    ++shown;
  }
  if (shown < reasons.size()) out += fmt::format("\ninterlock: and {} more", reasons.size() - shown);
  return out;
}

HookAnswer hook_answer(HookAgent agent, HookMoment moment, const std::string& event, GuardDecision decision,
                       const std::vector<GuardReason>& reasons) {
  const std::string text = decision == GuardDecision::allow ? std::string() : guard_text(reasons);
  if (agent == HookAgent::git) return {{}, text.empty() ? text : text + "\n", decision == GuardDecision::deny ? 2 : 0};
  // Where nothing of ours happens there is nothing to say; one of Claude's events even takes any output for a path.
  if (moment == HookMoment::other) return {{}, text.empty() ? text : text + "\n", 0};
  Json json;
  switch (agent) {
    case HookAgent::claude:
    case HookAgent::codex:
      json = claude(moment, event, decision, text);
      break;
    case HookAgent::gemini:
      json = gemini(moment, event, decision, text);
      break;
    case HookAgent::copilot:
      json = copilot(moment, decision, text);
      break;
    case HookAgent::cursor:
      json = cursor(moment, decision, text);
      break;
    case HookAgent::opencode:
      json = opencode(decision, text);
      break;
    case HookAgent::git:
      break;
  }
  return {json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n", {}, 0};
}

}  // namespace planner::report
