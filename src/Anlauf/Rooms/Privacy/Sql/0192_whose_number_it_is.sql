-- privacy.mentions can be asked for what points to one person alone (second argument); its text is in Functions.
drop function privacy.mentions(integer);
-- a given name before another word is how somebody is found in a free text who does not stand in the register (privacy.blacken_free)
create index on organisation.person (given_name);
