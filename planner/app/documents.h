// Texts to work orders, whoever's format they are in.
#pragma once

#include <vector>

#include "planner/app/load.h"

namespace planner::app {

/// Reads every text as `request.from` says and joins what belongs together. The reading gets the sources, what was
/// understood and what there is to say. A file of a directory that is nobody's document is left out with a note; an
/// error in a foreign file counts as one only when nothing at all could be read.
std::vector<parsers::WorkOrders> read_documents(std::vector<parsers::Source> texts, const OrdersRequest& request,
                                                Reading& reading);

}  // namespace planner::app
