// Grows a tree of Nodes from the events of a YAML or JSON parser and holds it to the limits.
#pragma once

#include <string>
#include <vector>

#include "parsers/document.h"

namespace parsers {

class DocumentBuilder {
 public:
  explicit DocumentBuilder(FileId file) : x_file(file) {}
  DocumentBuilder(const DocumentBuilder&) = delete;
  DocumentBuilder& operator=(const DocumentBuilder&) = delete;

  /// Each is false when reading must stop; the reason is then among the diagnostics. In a mapping, keys and values
  /// arrive in turn.
  bool null(Location where);
  bool scalar(Location where, std::string text, bool quoted);
  bool begin(Node::Kind kind, Location where);
  bool end();

  /// Also false when there have been so many complaints that this is not the kind of document it was taken for.
  bool complain(Location where, std::string message, std::string remedy);
  /// As `complain`, and the tree is given up: what came so far would only mislead.
  bool give_up(Location where, std::string message, std::string remedy);

  /// The innermost sequence or mapping still open, or nullptr.
  const Node* open() const { return x_open.empty() ? nullptr : x_open.back().node; }
  bool wants_key() const {
    return !x_open.empty() && x_open.back().node->kind == Node::Kind::mapping && !x_open.back().has_key;
  }
  bool gave_up() const { return x_gave_up; }
  FileId file() const { return x_file; }

  /// The tree and all that was said; a null tree after give_up.
  Parsed<Node> finish();

 private:
  struct Open {
    Node* node;  ///< stable: its parent grows only after it was closed
    bool has_key;
  };
  bool add(Node&& node);
  void drop_duplicate_keys(Node& mapping);

  FileId x_file;
  Node x_root;
  std::vector<Open> x_open;
  std::vector<Diagnostic> x_diagnostics;
  std::size_t x_values = 0;
  bool x_gave_up = false;
};

}  // namespace parsers
