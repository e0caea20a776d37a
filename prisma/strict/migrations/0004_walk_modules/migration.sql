-- Symbols that come late find the walks that they name (DESIGN.md 4): by the debug ids of the modules that a walk lists.
CREATE INDEX walk_debug_ids ON walk USING gin (jsonb_path_query_array(result, '$.modules[*].debugId') jsonb_path_ops);
