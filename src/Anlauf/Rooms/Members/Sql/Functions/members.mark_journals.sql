-- Whoever is erased goes from what is kept for taking files back. The steps are marked, because the program alone can open them (ForgetErased); whom a
-- corrected cell is about nobody can tell from outside, so those of files that were read in lose their values: that a line was corrected, and by
-- whom, stays. A preview is read with its corrections and goes after a day.
create or replace function members.mark_journals() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update members.people_import_step s set has_erased = true where s.journal is not null and not s.has_erased;
  update members.people_import_fix f set cell = null from members.people_import i where i.id = f.import_id and i.state in ('done', 'undone') and f.cell is not null;
  return null;
end $$;
