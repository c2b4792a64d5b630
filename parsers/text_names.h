// Words of a text that may name something of a repository: files, modules, symbols.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parsers {

struct TextName {
  std::string_view text;  ///< "src/cart.py", "celery.app.base", "Cart::total"; a view into the text
  bool quoted = false;    ///< alone in back-ticks, or first in them
  bool called = false;    ///< "total()"
  bool fenced = false;    ///< in a block of code: a traceback, an example
};

/// Every word, in the order of the text: letters, digits, '_' and non-ASCII bytes, joined by '/', '.', '-' and "::".
/// Line numbers behind it and dots around it are left out; of the address of a file on a web page, the path. O(text).
std::vector<TextName> names_in(std::string_view text);

/// Whether a word is more likely a name of code than a word of a language: "loadCart", "load_cart", "CartError", "a.b",
/// "C::f". A capital in front alone says nothing.
bool looks_like_code(std::string_view word);

/// The words that a name is made of, in lower case: "load", "cart" of "loadCart" and "load_cart.py". Those of one
/// letter are left out.
std::vector<std::string> parts_of_name(std::string_view name);

}  // namespace parsers
