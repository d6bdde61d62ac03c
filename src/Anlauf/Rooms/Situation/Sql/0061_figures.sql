-- Figures to compare with are entered by those who set goals; each belongs to the division that answers for it.
alter table situation.baseline_figure add column division_id integer references organisation.division,
  add column entered_by integer references organisation.person, add column entered_on date not null default current_date;
create index on situation.baseline_figure (area_key);
create policy edit on situation.baseline_figure using (division_id = any ((select access.editable_divisions('P1', 'goals'))::integer[]));
