// One pair of functions a format: what the table in format.cpp lists.
#pragma once

#include "parsers/format.h"

namespace parsers {

Recognition recognise_spec_kit(const Source&);
Parsed<WorkOrders> read_spec_kit(const Source&, FileId);

Recognition recognise_ccpm(const Source&);
Parsed<WorkOrders> read_ccpm(const Source&, FileId);

Recognition recognise_beads(const Source&);
Parsed<WorkOrders> read_beads(const Source&, FileId);

Recognition recognise_task_master(const Source&);
Parsed<WorkOrders> read_task_master(const Source&, FileId);

Recognition recognise_gsd(const Source&);
Parsed<WorkOrders> read_gsd(const Source&, FileId);

Recognition recognise_superpowers(const Source&);
Parsed<WorkOrders> read_superpowers(const Source&, FileId);

Recognition recognise_coordinate_agents(const Source&);
Parsed<WorkOrders> read_coordinate_agents(const Source&, FileId);

Recognition recognise_scope_file(const Source&);
Parsed<WorkOrders> read_scope_file(const Source&, FileId);

Recognition recognise_tickets(const Source&);
Parsed<WorkOrders> read_tickets(const Source&, FileId);

Recognition recognise_ownership(const Source&);
Parsed<WorkOrders> read_ownership(const Source&, FileId);

Recognition recognise_github(const Source&);
Parsed<WorkOrders> read_github(const Source&, FileId);
Recognition recognise_gitlab(const Source&);
Parsed<WorkOrders> read_gitlab(const Source&, FileId);
Recognition recognise_linear(const Source&);
Parsed<WorkOrders> read_linear(const Source&, FileId);

/// Never recognised by itself: any text is one.
Recognition recognise_text(const Source&);
Parsed<WorkOrders> read_text(const Source&, FileId);

}  // namespace parsers
