-- Keys are asked for by their beginning („all of Kreis 14522“); an index in German order cannot answer that.
create index municipality_prefix on territory.municipality (ags text_pattern_ops);
create index district_prefix on territory.district (key text_pattern_ops);
