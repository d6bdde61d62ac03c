-- The yearly check keeps the days that hold in the division of each member (welcome.days_of), see 0155; its own table of them goes.
delete from privacy.declared_column where table_name = 'selfservice.rule';
delete from privacy.declared_table where table_name = 'selfservice.rule';
drop table selfservice.rule;
