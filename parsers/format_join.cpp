// What only shows when all documents are there: ids of several families, epics, waves, intent maps of other files.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "parsers/format.h"

namespace parsers {
namespace {

/// Documents that share their ids.
struct Group {
  std::string name;  ///< in front of an id that others use too
  std::vector<WorkOrders*> documents;
  std::unordered_map<std::string, std::string> renamed;
};

std::vector<Group> grouped(std::vector<WorkOrders>& documents) {
  std::vector<Group> groups;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (WorkOrders& document : documents) {
    if (document.format.empty()) continue;
    const auto [at, fresh] = known.try_emplace({document.format, document.family}, groups.size());
    if (fresh) groups.push_back({document.family.empty() ? document.format : document.family, {}, {}});
    groups[at->second].documents.push_back(&document);
  }
  return groups;
}

void rename(Group& group) {
  if (group.renamed.empty()) return;
  const auto fix = [&](std::string& id) {
    if (const auto found = group.renamed.find(id); found != group.renamed.end()) id = found->second;
  };
  for (WorkOrders* document : group.documents) {
    for (WorkOrder& order : document->orders) {
      fix(order.id);
      for (auto* list : {&order.depends_on, &order.before})
        for (Dependency& d : *list)
          if (d.kind == Dependency::Kind::order) fix(d.target);
      for (Key& key : order.conflicts_with) fix(key.name);
    }
    for (HandMadeWave& wave : document->waves)
      for (Key& key : wave.orders) fix(key.name);
    for (Reading& reading : document->readings) fix(reading.order);
    for (Container& container : document->containers) {
      fix(container.id);
      for (std::string& member : container.members) fix(member);
    }
    for (std::string& id : document->finished) fix(id);
  }
}

/// Ids that are used outside of their group as well get the group's name in front.
void separate(std::vector<WorkOrders>& documents, std::vector<Group>& groups) {
  constexpr std::size_t outside = SIZE_MAX;
  std::unordered_map<std::string, std::set<std::size_t>> users;
  for (const WorkOrders& document : documents)
    if (document.format.empty())
      for (const WorkOrder& order : document.orders) users[order.id].insert(outside);
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const WorkOrders* document : groups[g].documents) {
      for (const WorkOrder& order : document->orders) users[order.id].insert(g);
      for (const Container& container : document->containers) users[container.id].insert(g);
    }
  for (const auto& [id, by] : users)
    if (by.size() > 1)
      for (const std::size_t g : by)
        if (g != outside) groups[g].renamed.emplace(id, fmt::format("{}/{}", groups[g].name, id));
  for (Group& group : groups) rename(group);
}

/// An intent map in a file of its own: its subtasks carry writes and nothing else.
void bring_intents_home(Group& group) {
  std::unordered_map<std::string, WorkOrder*> graph;
  for (WorkOrders* document : group.documents)
    if (document->format == "coordinate-agents")
      for (WorkOrder& order : document->orders)
        if (!order.write) graph.emplace(order.id, &order);
  for (WorkOrders* document : group.documents)
    if (document->format == "coordinate-agents")
      std::erase_if(document->orders, [&](const WorkOrder& order) {
        const auto home = graph.find(order.id);
        if (home == graph.end() || home->second == &order || !order.write || !order.depends_on.empty()) return false;
        if (!home->second->write) home->second->write = order.write, home->second->closed = order.closed;
        return true;
      });
}

class Containers {
 public:
  explicit Containers(std::vector<WorkOrders>& documents) {
    for (WorkOrders& document : documents)
      for (const Container& container : document.containers) {
        std::vector<std::string>& members = members_[container.id];
        members.insert(members.end(), container.members.begin(), container.members.end());
      }
  }
  bool empty() const { return members_.empty(); }
  bool has(const std::string& id) const { return members_.contains(id); }

  /// The orders in a container, those of containers inside it too.
  const std::vector<std::string>& leaves(const std::string& id) {
    if (const auto known = leaves_.find(id); known != leaves_.end()) return known->second;
    std::vector<std::string> out;
    std::unordered_set<std::string> seen{id};
    std::vector<std::string> stack{id};
    while (!stack.empty()) {
      const std::string at = std::move(stack.back());
      stack.pop_back();
      const auto found = members_.find(at);
      if (found == members_.end()) {
        out.push_back(at);
        continue;
      }
      for (const std::string& member : found->second)
        if (seen.insert(member).second) stack.push_back(member);
    }
    std::sort(out.begin(), out.end());
    return leaves_.emplace(id, std::move(out)).first->second;
  }

 private:
  std::unordered_map<std::string, std::vector<std::string>> members_, leaves_;
};

/// A task of which another file lists the streams: the streams are the work, and inherit what the task says.
void hand_down(std::vector<WorkOrders>& documents, Containers& containers) {
  std::unordered_map<std::string, WorkOrder> parents;
  for (WorkOrders& document : documents) {
    if (document.format.empty()) continue;
    std::erase_if(document.orders, [&](WorkOrder& order) {
      if (!containers.has(order.id) || containers.leaves(order.id).empty()) return false;
      parents.emplace(order.id, std::move(order));
      return true;
    });
  }
  if (parents.empty()) return;
  std::unordered_map<std::string, const WorkOrder*> parent_of;
  for (const auto& [id, parent] : parents)
    for (const std::string& leaf : containers.leaves(id)) parent_of.emplace(leaf, &parent);
  for (WorkOrders& document : documents)
    for (WorkOrder& order : document.orders) {
      const auto found = parent_of.find(order.id);
      if (found == parent_of.end()) continue;
      const WorkOrder& parent = *found->second;
      if (!order.priority) order.priority = parent.priority;
      if (parent.status == Status::done || parent.status == Status::dropped) order.status = parent.status;
      order.depends_on.insert(order.depends_on.end(), parent.depends_on.begin(), parent.depends_on.end());
      order.conflicts_with.insert(order.conflicts_with.end(), parent.conflicts_with.begin(),
                                  parent.conflicts_with.end());
    }
}

/// Waits for a container become waits for what is in it; nobody waits for what he is part of.
void open_containers(std::vector<WorkOrders>& documents, Containers& containers) {
  for (WorkOrders& document : documents)
    for (WorkOrder& order : document.orders)
      for (auto* list : {&order.depends_on, &order.before}) {
        const bool any = std::any_of(list->begin(), list->end(), [&](const Dependency& d) {
          return d.kind == Dependency::Kind::order && containers.has(d.target);
        });
        if (!any) continue;
        std::vector<Dependency> out;
        std::set<std::string> seen;
        for (const Dependency& d : *list) {
          if (d.kind != Dependency::Kind::order || !containers.has(d.target)) {
            if (seen.insert(d.target).second) out.push_back(d);
            continue;
          }
          const std::vector<std::string>& leaves = containers.leaves(d.target);
          if (std::binary_search(leaves.begin(), leaves.end(), order.id)) continue;
          for (const std::string& leaf : leaves)
            if (seen.insert(leaf).second) out.push_back({d.kind, leaf, d.where, d.sure});
        }
        *list = std::move(out);
      }
}

void join_waves(std::vector<WorkOrders>& documents) {
  std::map<std::pair<std::string, std::int64_t>, HandMadeWave> waves;
  WorkOrders* first = nullptr;
  for (WorkOrders& document : documents)
    std::erase_if(document.waves, [&](HandMadeWave& wave) {
      if (wave.among.empty()) return false;
      if (first == nullptr) first = &document;
      const auto [at, fresh] = waves.try_emplace({wave.among, wave.number}, wave);
      if (!fresh) at->second.orders.insert(at->second.orders.end(), wave.orders.begin(), wave.orders.end());
      return true;
    });
  for (auto& [place, wave] : waves) first->waves.push_back(std::move(wave));
}

}  // namespace

void join_documents(std::vector<WorkOrders>& documents, std::vector<Diagnostic>& diagnostics) {
  std::vector<Group> groups = grouped(documents);
  if (groups.empty()) return;
  for (Group& group : groups) bring_intents_home(group);
  separate(documents, groups);
  Containers containers(documents);
  if (!containers.empty()) {
    hand_down(documents, containers);
    open_containers(documents, containers);
  }
  join_waves(documents);
  std::unordered_set<std::string> finished;
  for (const WorkOrders& document : documents) finished.insert(document.finished.begin(), document.finished.end());
  std::unordered_map<std::string, const WorkOrder*> seen;
  for (WorkOrders& document : documents) {
    for (WorkOrder& order : document.orders)
      if (finished.contains(order.id)) order.status = Status::done;
    if (document.format.empty()) continue;
    std::erase_if(document.orders, [&](const WorkOrder& order) {
      if (seen.emplace(order.id, &order).second) return false;
      document.readings.push_back(
          {order.where, order.id, "lost", fmt::format("work order \"{}\" is declared twice", order.id)});
      diagnostics.push_back({Severity::warning, order.where,
                             fmt::format("work order \"{}\" is declared twice", order.id),
                             "the first one counts; give this one another id"});
      return true;
    });
  }
}

}  // namespace parsers
