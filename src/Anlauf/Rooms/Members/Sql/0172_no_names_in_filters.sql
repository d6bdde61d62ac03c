-- Whom somebody searched for stood in filters that are kept and in the record of lists that were given out, where no erasure finds it.
update members.saved_filter set query = trim(leading '&' from regexp_replace(query, '(^|&)name=[^&]*', '')) where query ~ '(^|&)name=';
update members.list_issue set filter = regexp_replace(filter, '^Name: .*?(; (?=(Gliederung|Art|Stand|Neu|Angebot|Ansprache|ausgewählt): )|$)', 'mit einem Namen gesucht\1') where filter like 'Name: %';
